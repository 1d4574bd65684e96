from django.urls import path

from .views import (
    activations,
    imports,
    lockouts,
    organizations,
    people,
    sign_in,
    sign_ins,
    subordinates,
    trail,
)

app_name = "accounts"

urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("activate/", activations.activation_use, name="activation_use"),
    path("password/", sign_in.password_change, name="password_change"),
    path("organizations/", organizations.organization_list, name="organization_list"),
    path("organizations/create/", organizations.organization_create, name="organization_create"),
    path("organizations/<int:pk>/", organizations.organization_show, name="organization_show"),
    path("organizations/<int:pk>/edit/", organizations.organization_edit, name="organization_edit"),
    path("organizations/<int:organization_pk>/people/create/", people.person_create, name="person_create"),
    path("organizations/<int:pk>/subordinates/", subordinates.subordinate_create, name="subordinate_create"),
    path("domains/", organizations.domain_list, name="domain_list"),
    path("people/", people.person_list, name="person_list"),
    path("people/slips/", activations.slip_list, name="slip_list"),
    path("people/<int:pk>/", people.person_show, name="person_show"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:person_pk>/posts/<int:organization_pk>/create/", people.post_create, name="post_create"),
    path("people/<int:pk>/account/", people.account_create, name="account_create"),
    path("posts/<int:pk>/edit/", people.post_edit, name="post_edit"),
    path("posts/<int:pk>/end/", people.post_end, name="post_end"),
    path("accounts/<int:pk>/reset/", people.account_reset, name="account_reset"),
    path("accounts/<int:pk>/activate/", people.account_activate, name="account_activate"),
    path("accounts/<int:pk>/unlock/", lockouts.account_unlock, name="account_unlock"),
from .views import (
    activations,
    imports,
    lockouts,
    organizations,
    people,
    sign_in,
    sign_ins,
    subordinates,
    trail,
)
    path("audit/", trail.audit_list, name="audit_list"),
    path("notices/", trail.notice_list, name="notice_list"),
    path("notices/read/", trail.notice_read, name="notice_read"),
]
