"""Addresses of meetings, comments, score sheets and results, a module for each room."""

from reviews.urls import hall, meetings, results, rounds, scoring, use_of_results

app_name = "reviews"

urlpatterns = [
    *meetings.urlpatterns,
    *hall.urlpatterns,
    *rounds.urlpatterns,
    *scoring.urlpatterns,
    *results.urlpatterns,
    *use_of_results.urlpatterns,
]
