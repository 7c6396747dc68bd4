// Title, navigation and footer around the sections; tells the page when it is ready.
import { h } from "gp/app/dom";
import { t } from "gp/app/words";

function theme() {
  const dark = () => {
    const own = document.documentElement.dataset.theme;
    return own ? own === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const flip = () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
  };
  return h("button", { type: "button", onclick: flip }, t("nav.theme"));
}

function navigation(sections) {
  const links = sections.map(([id, label]) => h("a", { href: `#${id}` }, label));
  const watched = [];
  const mark = () => {
    const line = window.innerHeight * 0.3;
    const passed = watched.filter((section) => section.getBoundingClientRect().top < line);
    const here = passed.at(-1) ?? watched[0];
    for (const link of links) {
      if (link.hash === `#${here.id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  window.addEventListener("scroll", mark, { passive: true });
  const node = h("nav", { class: "nav", "aria-label": t("nav.label") }, h("ul", {}, links.map((link) => h("li", {}, link)), h("li", { class: "spacer" }), h("li", {}, theme())));
  return { node, mark, watched };
}

// parts: {kicker, title, about, sections: [[label, {node, draw}]], footer}
export function shell(parts) {
  const app = document.getElementById("app");
  const nav = navigation(parts.sections.map(([label, section]) => [section.node.id, label]));
  app.append(
    h("header", { class: "top" }, h("p", { class: "kicker" }, parts.kicker), h("h1", {}, parts.title), parts.about && h("p", { class: "about" }, parts.about)),
    nav.node,
    h("main", {}, parts.sections.map(([, section]) => section.node)),
    h("footer", {}, parts.footer),
  );
  document.documentElement.dataset.ready = "1";
  for (const [, section] of parts.sections) {
    nav.watched.push(section.node);
    section.draw();
  }
  nav.mark();
  window.addEventListener("beforeprint", () => parts.sections.forEach(([, section]) => section.draw()));
  document.documentElement.dataset.drawn = "1";
}
