from django.urls import path

from .views import home, secretaries, setups

app_name = "overview"

urlpatterns = [
    path("", home.home, name="home"),
    path("organizations/<int:pk>/secretary/", secretaries.secretary_replace, name="secretary_replace"),
    path("organizations/<int:pk>/setup/", setups.setup_show, name="setup_show"),
]
