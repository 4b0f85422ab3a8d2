// SPDX-License-Identifier: MIT
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Tests.Terminals;

public sealed class LiveLinesTests
{
    private readonly StringWriter _screen = new();
    private readonly HandClock _clock = new();
    private int _width = 80;

    [Fact]
    public void Are_drawn_over_what_stood_there()
    {
        using LiveLines live = Live(isDrawn: true);

        live.Update(_ => ["one", "two"], "silent");
        _clock.Advance(seconds: 1);
        live.Update(_ => ["three"], "silent");

        Assert.Equal("one\ntwo\n\x1b[2A\x1b[2K\n\x1b[2K\n\x1b[2Athree\n", _screen.ToString());
    }

    [Fact]
    public void Come_every_five_seconds_where_nothing_can_be_drawn()
    {
        using LiveLines live = Live(isDrawn: false);

        for (int second = 0; second < 11; second++)
        {
            int now = second;
            live.Update(_ => [$"{now} s", "x"], "silent");
            _clock.Advance(seconds: 1);
        }

        Assert.Equal(["0 s, x", "4 s, x", "9 s, x"], Lines()); // what was last told when the five seconds were over
    }

    [Fact]
    public void Say_that_nothing_comes_while_nothing_comes()
    {
        using LiveLines live = Live(isDrawn: true);

        live.Update(silence => [$"elapsed {silence.TotalSeconds} s"], "The drive has not answered");
        _clock.Advance(seconds: 20);

        Assert.EndsWith("The drive has not answered for 0:00:20\nelapsed 20 s\n", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Do_not_fill_a_log_while_nothing_comes()
    {
        using LiveLines live = Live(isDrawn: false);

        live.Update(_ => ["x"], "Nothing");
        _clock.Advance(seconds: 3600);

        Assert.InRange(Lines().Count, 10, 70);
        Assert.Contains("Nothing for 0:00:05, x", Lines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tell_the_end_however_soon_it_comes(bool isDrawn)
    {
        using LiveLines live = Live(isDrawn);

        live.Update(_ => ["1 %"], "silent");
        live.Update(_ => ["100 %"], "silent");
        live.Update(_ => ["next: 1 %"], "silent", isNew: true);
        live.Update(_ => ["next: 100 %"], "silent");
        live.End();
        _clock.Advance(seconds: 60);

        string told = _screen.ToString();
        Assert.True(told.IndexOf("100 %", StringComparison.Ordinal) < told.IndexOf("next: 1 %", StringComparison.Ordinal), told);
        Assert.EndsWith("next: 100 %", told.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Are_as_narrow_as_the_window_so_that_they_can_be_drawn_over()
    {
        using LiveLines live = Live(isDrawn: true);

        _width = 40;
        live.Update(_ => [new string('x', 100)], "silent");

        Assert.Equal(39, Lines()[0].Length);
    }

    [Fact]
    public void Hold_no_control_characters()
    {
        using LiveLines live = Live(isDrawn: true);

        live.Update(_ => ["a\x1b[31m\u009b5m\nb"], "silent");
        live.Interject("c\x07");

        Assert.Equal(@"a\x1b[31m\x9b5m\x0ab", Lines()[0]);
        Assert.Contains("c\\x07\n", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Go_on_below_what_is_said_between()
    {
        using LiveLines live = Live(isDrawn: true);

        live.Update(_ => ["x"], "silent");
        live.Interject("Stopping");

        Assert.Equal("x\n\x1b[1A\x1b[2K\n\x1b[1AStopping\nx\n", _screen.ToString());
    }

    private LiveLines Live(bool isDrawn) => new(_screen, new(isDrawn, () => _width), _clock);

    private List<string> Lines() => [.. _screen.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];
}
