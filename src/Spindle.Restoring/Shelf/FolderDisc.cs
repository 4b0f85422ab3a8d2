// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Files;
using Spindle.Files.Listing;

namespace Spindle.Restoring.Shelf;

/// <summary>A disc that the system has mounted, or a copy of its files.</summary>
internal sealed class FolderDisc : ArchiveDisc
{
    private readonly ISourceDirectory _root;
    private Dictionary<string, List<string>>? _shownNames;

    private FolderDisc(string path, ISourceDirectory root)
        : base(path) => _root = root;

    /// <returns>Null where the directory is no disc of an archive.</returns>
    public static FolderDisc? Open(string path)
    {
        if (!File.Exists(Path.Combine(path, "ARCHIVE", "disc.json")) && !File.Exists(Path.Combine(path, OdarchiveDisc.Description)))
        {
            return null;
        }

        try
        {
            FolderDisc disc = new(path, SourceSystem.OfThisMachine().OpenRoot(path));
            if (DiscIdentity.Of(disc, Path.GetFileName(Path.GetFullPath(path))) is { } identity)
            {
                disc.Identity = identity;
                return disc;
            }

            disc.Dispose();
            return null;
        }
        catch (SourceException)
        {
            return null;
        }
    }

    public override DiscContent? Open(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> directory = ArchivePath.DirectoryOf(path);
        try
        {
            using ISourceDirectory? below = directory.IsEmpty ? null : _root.OpenDirectory(directory);
            ISourceFile file = (below ?? _root).OpenFile(ArchivePath.NameOf(path));
            NodeStatus status = file.Status();
            if (status.Kind == EntryKind.File)
            {
                return new FolderContent(file, status.Size);
            }

            file.Dispose();
        }
        catch (SourceException)
        {
            // Nothing there: who asked has other places to look.
        }

        return null;
    }

    public override IEnumerable<DiscContent> Places(DiscPlace? place, byte[]? path, long length)
    {
        foreach (byte[]? name in (byte[]?[])[place is { } listed ? [.. "DATA/"u8, .. listed.Path] : null, path])
        {
            if (name is not null && Open(name) is { } content)
            {
                if (content.Length == length)
                {
                    yield return content;
                }
                else
                {
                    content.Dispose();
                }
            }
        }

        if ((path ?? place?.Path) is not { } wanted)
        {
            yield break;
        }

        // The system may show the names of UDF, or those of ISO 9660 in small letters.
        string trueName = Encoding.UTF8.GetString(path ?? [.. "DATA/"u8, .. wanted]);
        foreach (string shown in ShownNames().GetValueOrDefault(trueName) ?? [])
        {
            foreach (string variant in (string[])[shown, shown.ToLowerInvariant()])
            {
                if (Open(Encoding.UTF8.GetBytes(variant)) is { } content)
                {
                    if (content.Length == length)
                    {
                        yield return content;
                    }
                    else
                    {
                        content.Dispose();
                    }
                }
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _root.Dispose();
        }
    }

    private Dictionary<string, List<string>> ShownNames()
    {
        if (_shownNames is null)
        {
            _shownNames = new(StringComparer.Ordinal);
            foreach ((string shown, byte[] trueName) in NamesTable.Read(this))
            {
                string key = Encoding.UTF8.GetString(trueName);
                if (!_shownNames.TryGetValue(key, out List<string>? names))
                {
                    _shownNames[key] = names = new(2);
                }

                names.Add(shown.TrimStart('/'));
            }
        }

        return _shownNames;
    }

    private sealed class FolderContent(ISourceFile file, long length) : DiscContent(length)
    {
        private long _position;

        public override void Read(long offset, Span<byte> buffer, List<ByteRange> unreadable)
        {
            buffer = buffer[..(int)Math.Clamp(Length - offset, 0, buffer.Length)];
            int done = 0;
            try
            {
                if (file is IPositionedFile placed)
                {
                    while (done < buffer.Length && placed.Read(buffer[done..], offset + done) is > 0 and int piece)
                    {
                        done += piece;
                    }
                }
                else
                {
                    SkipTo(offset);
                    while (done < buffer.Length && file.Read(buffer[done..]) is > 0 and int read)
                    {
                        done += read;
                        _position += read;
                    }
                }
            }
            catch (SourceException)
            {
                // The system says no more than that: which sector it was, only reading the medium itself tells.
            }

            buffer[done..].Clear();
            ByteRange.Add(unreadable, offset + done, buffer.Length - done);
        }

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }

        private void SkipTo(long offset)
        {
            if (offset < _position)
            {
                file.Rewind();
                _position = 0;
            }

            byte[]? skipped = offset > _position ? new byte[1 << 16] : null;
            while (offset > _position)
            {
                int read = file.Read(skipped.AsSpan(0, (int)Math.Min(skipped!.Length, offset - _position)));
                if (read == 0)
                {
                    throw new SourceException("the file is shorter than it was", isGone: true);
                }

                _position += read;
            }
        }
    }
}
