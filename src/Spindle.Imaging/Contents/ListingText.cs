// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Trees;

namespace Spindle.Imaging.Contents;

/// <summary>Writes entries of a disc one a line: their paths, or all that is known of them.</summary>
public sealed class ListingText
{
    private readonly TextWriter _writer;
    private readonly LineBuffer _line = new();

    // Neighbours mostly have the same owner and permissions, are of the same time, and in the same directory.
    private readonly LineBuffer _owner = new();
    private readonly LineBuffer _time = new();
    private readonly LineBuffer _path = new();
    private VolumeEntry? _lastOwned;
    private DateTimeOffset? _lastTime;
    private VolumeEntry? _lastDirectory;

    private ListingText(TextWriter writer) => _writer = writer;

    /// <summary>Writes a line for each entry, as they come.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="isLong">Whether permissions, owners, sizes, times and link targets are wanted.</param>
    /// <param name="writer">Gets the text, lines ended by a line feed.</param>
    /// <param name="cancellationToken">Ends it between two lines.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static void Write(IEnumerable<VolumeEntry> entries, bool isLong, TextWriter writer, CancellationToken cancellationToken)
    {
        ListingText text = new(writer);
        foreach (VolumeEntry entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.WriteLine(entry, isLong);
        }
    }

    private void WriteLine(VolumeEntry entry, bool isLong)
    {
        const int sizeWidth = 12;
        _line.Cut(0);
        if (isLong)
        {
            _line.Append(OwnerOf(entry));
            _line.AppendRight(entry.Size, sizeWidth);
            _line.Append(TimeOf(entry));
        }

        _line.Append(PathTo(entry));
        _line.AppendPrintable(entry.Name);
        if (isLong && entry.Target is { } target)
        {
            _line.Append(" -> ");
            _line.AppendPrintable(target);
        }

        if (isLong && entry.ResourceFork.Count > 0)
        {
            _line.Append(string.Create(CultureInfo.InvariantCulture, $"  [resource fork: {entry.ResourceForkSize} bytes]"));
        }

        foreach (NamedStream stream in isLong ? entry.Streams : [])
        {
            _line.Append("  [stream ");
            _line.AppendPrintable(stream.Name);
            _line.Append(string.Create(CultureInfo.InvariantCulture, $": {stream.Size} bytes]"));
        }

        _line.Append('\n');
        _line.WriteTo(_writer);
    }

    // -rw-r--r--  1000  1000, and a space
    private ReadOnlySpan<char> OwnerOf(VolumeEntry entry)
    {
        if (_lastOwned is not { } last || last.Type != entry.Type || last.Mode != entry.Mode || last.Uid != entry.Uid || last.Gid != entry.Gid)
        {
            _owner.Cut(0);
            _owner.AppendMode(entry);
            _owner.Append(' ');
            AppendOwner(entry.Uid);
            AppendOwner(entry.Gid);
        }

        _lastOwned = entry;
        return _owner.Text;
    }

    private void AppendOwner(uint? number)
    {
        const int width = 5;
        if (number is { } known)
        {
            _owner.AppendRight(known, width);
        }
        else
        {
            _owner.Append("    -");
        }

        _owner.Append(' ');
    }

    // 2001-02-03 04:05:06 +01:00, between spaces
    private ReadOnlySpan<char> TimeOf(VolumeEntry entry)
    {
        if (entry.Modified is not { } time)
        {
            return "                          - ";
        }

        if (_lastTime is not { } last || !last.EqualsExact(time))
        {
            _lastTime = time;
            _time.Cut(0);
            _time.Append(' ');
            _time.AppendDate(time.DateTime, "yyyy-MM-dd ");
            int second = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
            AppendThree(second / 3600, second / 60 % 60, second % 60);
            int zone = Math.Abs(time.TotalOffsetMinutes);
            _time.Append(time.TotalOffsetMinutes < 0 ? " -" : " +");
            _time.AppendTwo(zone / 60);
            _time.Append(':');
            _time.AppendTwo(zone % 60);
            _time.Append(' ');
        }

        return _time.Text;
    }

    private void AppendThree(int hours, int minutes, int seconds)
    {
        _time.AppendTwo(hours);
        _time.Append(':');
        _time.AppendTwo(minutes);
        _time.Append(':');
        _time.AppendTwo(seconds);
    }

    // Names from the root on, each with a slash behind it.
    private ReadOnlySpan<char> PathTo(VolumeEntry entry)
    {
        if (_lastDirectory is null || !ReferenceEquals(_lastDirectory, entry.Parent))
        {
            _lastDirectory = entry.Parent;
            _path.Cut(0);
            if (_lastDirectory?.Parent is not null)
            {
                _path.AppendPrintable(_lastDirectory.Path.AsSpan(1));
                _path.Append('/');
            }
        }

        return _path.Text;
    }
}
