from django.urls import path

from .views import documents, slips

app_name = "documents"

urlpatterns = [
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<int:pk>/", documents.document_show, name="document_show"),
    path("documents/<int:pk>/download/", documents.document_download, name="document_download"),
    path("documents/<int:pk>/retry/", documents.document_retry, name="document_retry"),
    path("people/slips/print/", slips.slip_print, name="slip_print"),
]
