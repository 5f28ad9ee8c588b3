"""A window of WebKitGTK for WebKitWebDriver to drive: as narrow as a phone, which MiniBrowser never is (447 px at least)."""

import argparse
import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--profile", required=True, help="a folder to be thrown away")
parser.add_argument("--preload", required=True, help="a file with a script to run in every page before its own")
parser.add_argument("--width", type=int, required=True)
parser.add_argument("--height", type=int, required=True)
options = parser.parse_args()

# What Safari has and this port leaves off, and a camera where there is none.
wanted = {"StorageAPI", "StorageAPIEstimate", "MockCaptureDevices"}
settings = WebKit2.Settings(
    enable_media_stream=True, enable_mock_capture_devices=True, enable_write_console_messages_to_stdout=True
)
features = WebKit2.Settings.get_all_features()
for feature in (features.get(i) for i in range(features.get_length())):
    if feature.get_identifier() in wanted:
        settings.set_feature_enabled(feature, True)

context = WebKit2.WebContext(
    website_data_manager=WebKit2.WebsiteDataManager(
        base_data_directory=os.path.join(options.profile, "data"),
        base_cache_directory=os.path.join(options.profile, "cache"),
    )
)
context.set_preferred_languages(["id-ID"])
context.set_automation_allowed(True)

with open(options.preload, encoding="utf-8") as file:
    preload = WebKit2.UserScript(
        file.read(), WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START, None, None
    )


def allow(_view, request):
    request.allow()
    return True


def open_window(_session):
    view = WebKit2.WebView(web_context=context, settings=settings, is_controlled_by_automation=True)
    view.connect("permission-request", allow)
    view.get_user_content_manager().add_script(preload)
    window = Gtk.Window(default_width=options.width, default_height=options.height)
    window.add(view)
    # There is no window manager to give it the focus, without which no camera opens.
    window.connect("map-event", lambda mapped, _event: mapped.get_window().focus(0))
    window.show_all()
    return view


def start(_context, session):
    session.connect("create-web-view", open_window)
    session.connect("will-close", lambda _session: Gtk.main_quit())


context.connect("automation-started", start)
Gtk.main()
