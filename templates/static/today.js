/* Bring what was first heard on this day of the year to the front of the page. */
"use strict";
{
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const found = document.getElementById(`on-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
  const place = document.getElementById("today");
  if (found) {
    found.classList.add("marked");
    place.append(...[...found.children].map((child) => child.cloneNode(true)));
  } else {
    const none = document.createElement("p");
    none.textContent = "On this day nothing was heard for the first time.";
    place.append(none);
  }
  place.hidden = false;
}
