from django.urls import path

from .views import home, secretaries, setups, statistics

app_name = "overview"

urlpatterns = [
    path("", home.home, name="home"),
    path("organizations/<int:pk>/secretary/", secretaries.secretary_replace, name="secretary_replace"),
    path("organizations/<int:pk>/setup/", setups.setup_show, name="setup_show"),
    path("cycles/<int:pk>/statistics/", statistics.statistics_show, name="statistics_show"),
    path("cycles/<int:pk>/statistics/export/", statistics.statistics_export, name="statistics_export"),
    path("cycles/<int:pk>/statistics/print/", statistics.statistics_paper, name="statistics_paper"),
    path("cycles/<int:pk>/statistics/<slug:chapter>/", statistics.statistics_show, name="statistics_show"),
]
