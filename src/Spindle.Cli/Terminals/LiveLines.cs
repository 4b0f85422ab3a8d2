// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Imaging.Contents;
using Spindle.Media;

namespace Spindle.Cli.Terminals;

/// <summary>The lines that tell how far some work is: drawn in place where the terminal can, else written every few seconds.</summary>
/// <remarks>
/// A clock moves them, and not the work: where a drive is stuck in one read, it is this that says so. Nothing is ever asked of the
/// terminal, and where it can't be written to, nothing comes of it.
/// </remarks>
/// <param name="writer">Where to.</param>
/// <param name="look">How it can be drawn.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveLines(TextWriter writer, LiveLook look, TimeProvider time) : IDisposable
{
    private const int Narrowest = 20; // characters; what says that it is narrower does not know

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProgramInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1); // of a silence
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5); // then it is said that nothing comes

    private readonly Lock _lock = new();
    private Func<TimeSpan, IReadOnlyList<string>>? _lines;
    private string? _waiting;
    private ITimer? _timer;
    private long _updated;
    private long _drawn;
    private TimeSpan _silentInterval;
    private bool _isPending;
    private int _height;

    /// <summary>Gets or sets whether the lines have a colour.</summary>
    public bool HasColour { get; set; }

    /// <summary>Gets or sets whether a program reads the lines: then they come more often, and are never drawn.</summary>
    public bool IsForPrograms { get; set; }

    private bool IsDrawn => look.IsDrawn && !IsForPrograms;

    private TimeSpan Interval => IsForPrograms ? ProgramInterval : look.IsDrawn ? Frame : PlainInterval;

    /// <summary>Tells how far the work is.</summary>
    /// <param name="lines">Makes the lines, given the time for which nothing has come since.</param>
    /// <param name="waiting">What is said where nothing comes for long, such as "the drive has not answered"; null where the lines tell of it themselves.</param>
    /// <param name="isNew">Whether another part of the work begins: what stands there stays, and is told to its end.</param>
    public void Update(Func<TimeSpan, IReadOnlyList<string>> lines, string? waiting, bool isNew = false)
    {
        lock (_lock)
        {
            if (isNew && _lines is not null)
            {
                Finish();
            }

            bool isFirst = _lines is null;
            (_lines, _waiting, _updated, _isPending) = (lines, waiting, time.GetTimestamp(), true);
            _silentInterval = IsDrawn ? Frame : PlainInterval;
            if (isFirst || time.GetElapsedTime(_drawn) >= Interval)
            {
                Draw();
            }

            _timer ??= time.CreateTimer(_ => Tick(), null, Frame, Frame);
        }
    }

    /// <summary>What is drawn stays, at its end; what comes next is below it.</summary>
    public void End()
    {
        lock (_lock)
        {
            Finish();
        }
    }

    /// <summary>Says something above the lines, which go on.</summary>
    public void Interject(string line)
    {
        lock (_lock)
        {
            writer.Write($"{(IsDrawn ? Erased() : "")}{EntryText.Printable(line)}\n");
            _height = 0;
            if (_lines is not null && IsDrawn)
            {
                Draw();
            }
        }
    }

    public void Dispose() => End();

    private void Tick()
    {
        lock (_lock)
        {
            if (_lines is null || time.GetElapsedTime(_drawn) < (_isPending ? Interval : _silentInterval) || (!_isPending && time.GetElapsedTime(_updated) < Patience))
            {
                return;
            }

            // A log would be filled by a drive that is stuck for an hour.
            bool isSilent = !_isPending && !IsDrawn;
            Draw();
            _silentInterval = !isSilent ? _silentInterval : _silentInterval * 2 < LongestInterval ? _silentInterval * 2 : LongestInterval;
        }
    }

    private void Finish()
    {
        if (_lines is not null && _isPending)
        {
            Draw();
        }

        _timer?.Dispose();
        (_timer, _lines, _height, _isPending) = (null, null, 0, false);
    }

    private void Draw()
    {
        TimeSpan silence = time.GetElapsedTime(_updated);
        List<string> lines = [.. _lines!(silence).Select(EntryText.Printable)];
        if (silence >= Patience && _waiting is not null)
        {
            lines.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{_waiting} for {Figures.Duration(silence)}"));
        }

        _drawn = time.GetTimestamp();
        _isPending = false;
        if (!IsDrawn)
        {
            writer.WriteLine(string.Join(", ", lines));
            return;
        }

        // One write for all of it, or other programs' lines would come between.
        int width = Math.Max(look.Width() - 1, Narrowest);
        (string colour, string plain) = HasColour ? ("\x1b[36m", "\x1b[0m") : ("", "");
        string erased = Erased();
        _height = lines.Count;
        writer.Write(erased + string.Concat(lines.Select(line => $"{colour}{(line.Length > width ? line[..width] : line)}{plain}\n")));
    }

    /// <summary>Goes back to where the lines began, with nothing there.</summary>
    /// <remarks>Line by line: where all of the screen is erased at once, some terminals keep what was there in their history.</remarks>
    private string Erased() => _height == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"\x1b[{_height}A{string.Concat(Enumerable.Repeat("\x1b[2K\n", _height))}\x1b[{_height}A");
}

/// <summary>What the place of live lines can do.</summary>
/// <param name="IsDrawn">Whether lines can be drawn over what stands there.</param>
/// <param name="Width">Columns, asked anew each time: windows change.</param>
internal readonly record struct LiveLook(bool IsDrawn, Func<int> Width);
