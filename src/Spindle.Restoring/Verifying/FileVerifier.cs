// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Media;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring.Verifying;

/// <summary>Reads files of one disc and holds them against their hashes.</summary>
internal sealed class FileVerifier(ArchiveDisc disc, Action<long> read, CancellationToken cancellationToken) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // Several names may stand for one content: it is read once.
    private (long Position, long Length, byte[]? Sha256, List<ByteRange> Unreadable) _last = (-1, 0, null, []);

    /// <summary>Reads a file.</summary>
    /// <returns>What is wrong with it; null where it is whole.</returns>
    public FileDamage? Verify(ListedFile file)
    {
        FileDamage? damage = null;
        bool isShown = false;
        foreach (DiscContent content in Shown(file))
        {
            using (content)
            {
                isShown = true;
                (byte[] sha256, List<ByteRange> unreadable) = Hash(content);
                if (unreadable.Count == 0 && sha256.AsSpan().SequenceEqual(file.Sha256))
                {
                    return null;
                }

                if (unreadable.Count == 0 && file.TableSha256 is { } other && sha256.AsSpan().SequenceEqual(other))
                {
                    return new("ARCHIVE/SHA256SUMS", DamageKind.List, $"has a hash for {NameOf(file)} that neither the file has nor ARCHIVE/files.tsv", []);
                }

                damage ??= unreadable.Count > 0
                    ? new(NameOf(file), DamageKind.Unreadable, $"{Figures.Count(unreadable.Sum(range => range.Length), "byte", "bytes")} can't be read", unreadable)
                    : new(NameOf(file), DamageKind.Differs, "all can be read, but it is not what was archived", []);
            }
        }

        // Of an empty file there is nothing to read, and nowhere where that would be.
        return isShown ? damage : disc is ImageDisc && file.Size == 0 ? null : new(NameOf(file), DamageKind.Missing, "no directory shows it", []);
    }

    public void Dispose() => _hash.Dispose();

    private static string NameOf(ListedFile file) => Encoding.UTF8.GetString(file.Path);

    /// <summary>Where the directories say that a file is; several may, of which one must be right.</summary>
    private IEnumerable<DiscContent> Shown(ListedFile file)
    {
        bool isShown = false;
        if (file.Size is { } size)
        {
            foreach (DiscContent content in disc.Places(null, file.Path, size))
            {
                isShown = true;
                yield return content;
            }

            if (size == 0 && disc is ImageDisc)
            {
                yield break;
            }
        }

        if (!isShown && disc.Open(file.Path) is { } named)
        {
            yield return named;
        }
    }

    private (byte[] Sha256, List<ByteRange> Unreadable) Hash(DiscContent content)
    {
        if (_last.Sha256 is { } known && content is SectorContent { IsOnePiece: true } && content.Position == _last.Position && content.Length == _last.Length)
        {
            read(content.Length);
            return (known, _last.Unreadable);
        }

        List<ByteRange> unreadable = [];
        for (long offset = 0; offset < content.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(_buffer.Length, content.Length - offset);
            content.Read(offset, _buffer.AsSpan(0, count), unreadable);
            _hash.AppendData(_buffer, 0, count);
            offset += count;
            read(count);
        }

        byte[] sha256 = _hash.GetHashAndReset();
        _last = content is SectorContent { IsOnePiece: true } ? (content.Position, content.Length, sha256, unreadable) : (-1, 0, null, []);
        return (sha256, unreadable);
    }
}
