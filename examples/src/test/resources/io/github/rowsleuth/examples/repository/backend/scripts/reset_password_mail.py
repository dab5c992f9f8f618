"""Sends a mail with a link to choose a new password."""
import smtplib
import sys


def send(address):
    with smtplib.SMTP("localhost") as server:
        server.sendmail("noreply@example.org", address, "Subject: A new password\n\nFollow the link.")


send(sys.argv[1])
