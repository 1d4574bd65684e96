from django.urls import path

<<<<<<< HEAD
from .views import imports, lockouts, organizations, people, sign_in, subordinates, trail
=======
from .views import activations, lockouts, organizations, people, sign_in, sign_ins, trail
>>>>>>> 1581095 (Activation slips for hundreds at once; where one is signed in, and ending it)

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
<<<<<<< HEAD
    path("imports/", imports.import_create, name="import_create"),
    path("imports/template/", imports.register_template, name="register_template"),
    path("imports/export/", imports.register_export, name="register_export"),
    path("imports/<int:pk>/", imports.import_show, name="import_show"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
=======
    path("accounts/<int:pk>/sign-out/", sign_ins.account_sign_out, name="account_sign_out"),
    path("sign-ins/", sign_ins.sign_in_list, name="sign_in_list"),
    path("sign-ins/others/end/", sign_ins.sign_in_end_others, name="sign_in_end_others"),
    path("sign-ins/<int:pk>/end/", sign_ins.sign_in_end, name="sign_in_end"),
>>>>>>> 1581095 (Activation slips for hundreds at once; where one is signed in, and ending it)
    path("audit/", trail.audit_list, name="audit_list"),
    path("notices/", trail.notice_list, name="notice_list"),
    path("notices/read/", trail.notice_read, name="notice_read"),
]
