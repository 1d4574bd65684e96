/* Two versions of a form side by side: what another person saved, and what an earlier page of this
   person left behind on this machine. autosave.js decides what is done about the differences. */
(function () {
  "use strict";

  const { app } = window;
  const ROW_KEEPING = /-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|id|ORDER|DELETE)$/;

  /* Takes over what this page had not touched, keeps what only this page touched; returns
     [{name, mine, theirs}] where both wrote. */
  app.mergeTheirs = function (form, server, theirs) {
    const now = app.readForm(form);
    const both = [];
    for (const [name, text] of Object.entries(theirs)) {
      const value = [].concat(text);
      const mine = now.get(name) || [];
      const before = server.get(name);
      server.set(name, value);
      if (app.sameValues(mine, before)) app.writeField(form, name, value);
      else if (!app.sameValues(mine, value) && !app.sameValues(value, before)) both.push({ name, mine, theirs: value });
    }
    return both;
  };

  /* What the stored copy has and the server has not. `certain`: nobody else wrote since, it goes back
     into the form as it is; `doubtful`: the server's text changed in the meantime. */
  app.compareLeftBehind = function (form, server, entry, revision) {
    const boxes = [...form.querySelectorAll("[data-formset]")];
    const added = {};
    const certain = [];
    const doubtful = [];
    for (const [stored, mine] of Object.entries(entry.fields)) {
      const box = boxes.find((b) => stored.startsWith(`${b.dataset.formset}-`));
      if (box && ROW_KEEPING.test(stored)) continue;
      const name = box ? app.locateRowField(box, stored, entry.fields, added) : stored;
      if (!name || !form.elements.namedItem(name)) continue;
      const theirs = server.get(name) || [];
      if (app.sameValues(mine, theirs)) continue;
      const sure = !server.has(name) || String(entry.revision) === revision;
      (sure ? certain : doubtful).push({ name, mine, theirs });
    }
    return { certain, doubtful };
  };
})();
