/* Light, dark or as the system has it: remembered, and set before anything is painted. */
"use strict";
{
  const themes = ["auto", "light", "dark"];
  const root = document.documentElement;

  const remembered = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // this browser keeps nothing
    }
  };

  const remember = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // then it lasts as long as the page
    }
  };

  const wear = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  wear(remembered());
  root.dataset.scripted = ""; // the style sheet keeps room for what scripts add

  document.addEventListener("DOMContentLoaded", () => {
    const tools = document.querySelector(".tools");
    if (!tools) return;
    const button = document.createElement("button");
    const says = document.createElement("span");
    const about = document.createElement("span");
    about.className = "unseen";
    about.textContent = "Theme: ";
    button.type = "button";
    button.className = "theme";
    button.append(about, says);
    const label = () => {
      says.textContent = root.dataset.theme || "auto";
    };
    button.addEventListener("click", () => {
      const theme = themes[(themes.indexOf(says.textContent) + 1) % themes.length];
      wear(theme);
      remember(theme);
      label();
    });
    addEventListener("storage", (event) => {
      if (event.key !== "theme") return;
      wear(event.newValue);
      label();
    });
    label();
    tools.append(button);
  });
}
