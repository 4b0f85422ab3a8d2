#!/usr/bin/env python3
"""report.py MUTANTS.json RESULTS.jsonl    a table by area, and the mutants that live; those that were not run to the end are told apart."""
import collections, json, sys


def main(mutants_path, results_path):
    with open(mutants_path) as file:
        mutants = json.load(file)
    killed, tests, rounds = {}, collections.Counter(), collections.Counter()
    for line in map(json.loads, open(results_path)):
        tests[line["number"]] += line["tests"]
        rounds[line["number"]] += 1
        if line["how"]:
            killed[line["number"]] = line
    areas = collections.defaultdict(collections.Counter)
    for mutant in mutants:
        area = areas[mutant["area"]]
        area["tried"] += 1
        area["killed"] += mutant["number"] in killed
        area["open"] += mutant["number"] not in killed and rounds[mutant["number"]] < 4
    print("| area | tried | killed | % | not run to the end |\n|---|---|---|---|---|")
    for name, area in areas.items():
        print(f"| {name} | {area['tried']} | {area['killed']} | {100 * area['killed'] // area['tried']} | {area['open']} |")
    print("\nAlive:\n")
    for mutant in mutants:
        if mutant["number"] not in killed:
            reached = f"{tests[mutant['number']]} tests" if tests[mutant["number"]] else "no test reaches it"
            print(f"- {mutant['number']} `{mutant['file']}:{mutant['line']}` {mutant['member']}: {mutant['change']}, in `{mutant['code'][:90]}` ({reached})")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
