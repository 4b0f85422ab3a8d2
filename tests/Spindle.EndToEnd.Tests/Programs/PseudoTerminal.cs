// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>Runs Spindle, or a shell that calls it, on a terminal, with somebody who answers its questions.</summary>
internal static class PseudoTerminal
{
    // Python has pseudo-terminals in its standard library. Each answer is typed when its question stands there.
    private const string Script = """
        import json, os, pty, select, sys, time
        program, words, answers, environment = (json.loads(word) for word in sys.argv[1:5])
        child, terminal = pty.fork()
        if child == 0:
            os.environ.pop("NO_COLOR", None)
            os.environ.update(environment)
            os.execv(program, [program] + words)
        screen, seen, end = b"", 0, time.time() + 60
        while time.time() < end:
            if answers and answers[0][0].encode() in screen[seen:]:
                seen = len(screen)
                os.write(terminal, answers.pop(0)[1].encode())
            if select.select([terminal], [], [], .2)[0]:
                try:
                    some = os.read(terminal, 65536)
                except OSError:
                    break
                if not some:
                    break
                screen += some
        sys.stdout.buffer.write(screen)
        sys.exit(99 if time.time() >= end else os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """;

    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="environment">Variables of the environment besides this process's own, from which NO_COLOR is taken.</param>
    /// <param name="answers">What to type, each behind the question that it answers.</param>
    /// <param name="words">The command line.</param>
    /// <returns>The result, with all that stood on the terminal as its output.</returns>
    public static Task<ProgramResult> RunAsync(
        string workingDirectory,
        Dictionary<string, string> environment,
        (string Question, string Answer)[] answers,
        params string[] words) =>
        RunAsync(SpindleProgram.Path, workingDirectory, environment, answers, words);

    /// <summary>The same of another program, by its path.</summary>
    public static Task<ProgramResult> RunAsync(
        string program,
        string workingDirectory,
        Dictionary<string, string> environment,
        (string Question, string Answer)[] answers,
        string[] words) =>
        Python.RunAsync(
            Script,
            workingDirectory,
            JsonSerializer.Serialize(program),
            JsonSerializer.Serialize(words),
            JsonSerializer.Serialize(answers.Select(pair => new[] { pair.Question, pair.Answer })),
            JsonSerializer.Serialize(environment));
}
