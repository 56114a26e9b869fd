from generator.cli.app import process

process()
