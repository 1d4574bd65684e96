/* The code of a slip comes behind the # of the address, which browsers never send: it is put into its field and
   leaves the address and the history at once. */
(function () {
  "use strict";

  const field = document.getElementById("id_code");
  const code = decodeURIComponent(window.location.hash.slice(1));
  if (!field || !/^[\w-]{8,20}$/.test(code)) return;
  if (!field.value) field.value = code;
  window.history.replaceState(null, "", window.location.pathname);
  document.getElementById("id_password").focus();
})();
