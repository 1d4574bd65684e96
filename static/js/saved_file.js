/* A form answered with a file that exists nowhere else: the file is saved, and the page, which has moved on, is shown anew.

     <form method="post" data-saves-file>

   Without script the browser saves the file and the old page stays, with a button that would undo what was done. */
(function () {
  "use strict";

  const { app } = window;

  function nameOf(response) {
    const found = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "");
    return found ? found[1] : "file";
  }

  async function save(response) {
    const address = URL.createObjectURL(await response.blob());
    const link = app.build("a");
    link.href = address;
    link.download = nameOf(response);
    document.body.append(link);
    link.click();
    // The browser reads the file before the page that holds it goes.
    setTimeout(() => window.location.reload(), 500);
  }

  async function send(form) {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (response.ok && (response.headers.get("Content-Disposition") || "").startsWith("attachment")) await save(response);
    else if (response.type === "opaqueredirect") window.location.reload(); // refused: the page says why
    else form.submit(); // asked for the password first: a page of its own
  }

  app.ready("form[data-saves-file]", (form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      send(form).catch(() => window.location.reload());
    });
  });
})();
