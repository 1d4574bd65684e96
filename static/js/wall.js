/* The projector's page: the whole screen, dark or light; which one is remembered on this machine. */
(function () {
  "use strict";

  const wall = document.querySelector("[data-wall]");
  if (!wall) return;

  const remembered = () => {
    try {
      return localStorage.getItem("wall");
    } catch {
      return "";
    }
  };
  const remember = (shade) => {
    try {
      localStorage.setItem("wall", shade);
    } catch {
      /* A browser that keeps nothing begins dark each time. */
    }
  };

  wall.classList.toggle("is-light", remembered() === "light");
  wall.querySelector("[data-wall-shade]").addEventListener("click", () => {
    remember(wall.classList.toggle("is-light") ? "light" : "dark");
  });
  // The machine at the projector does not fall asleep, where the browser may say so (HTTPS only).
  const stayAwake = () => {
    if (document.visibilityState === "visible" && navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();

  wall.querySelector("[data-wall-full]").addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  });
})();
