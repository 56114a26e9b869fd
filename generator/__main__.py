from generator.cli.app import run_and_end

run_and_end()
