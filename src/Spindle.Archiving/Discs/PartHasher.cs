// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Finds the hashes of the parts of files that are divided, and proves the whole file on the way.</summary>
/// <remarks>Each such file is read once more before its first part is written; its other discs then know the hashes of theirs.</remarks>
/// <param name="database">The catalogue, open for writing.</param>
/// <param name="places">As of <see cref="ContentFiles"/>.</param>
internal sealed class PartHasher(CatalogueDatabase database, Func<long, byte[]?>? places)
{
    private const int BufferLength = 1 << 20;

    /// <summary>Takes the hashes that a disc needs and that are not known yet.</summary>
    /// <param name="disc">The disc.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Files that are not as they were catalogued.</returns>
    public IReadOnlyList<SourceProblem> Hash(int disc, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        List<(long Content, long Size, byte[] Sha256)> files = [];
        using (Statement unknown = database.Prepare("""
            SELECT content.id, content.size, content.sha256 FROM placement JOIN content ON content.id = placement.content
            WHERE placement.disc = ?1 AND part > 0 AND placement.sha256 IS NULL
            """))
        {
            unknown.Bind(1, disc);
            while (unknown.Step())
            {
                files.Add((unknown.Number(0), unknown.Number(1), unknown.Blob(2).ToArray()));
            }
        }

        List<SourceProblem> problems = [];
        using ContentFiles sources = new(database, disc, places);
        foreach ((long content, long size, byte[] sha256) in files)
        {
            byte[] path = sources.PathOf(content) ?? [];
            try
            {
                HashFile(content, size, sha256, path, progress, problems, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new(Encoding.UTF8.GetString(path), new("content-unreadable", $"{Encoding.UTF8.GetString(path)} cannot be read: {e.Message}", "permissions, the disk")));
            }
        }

        return problems;
    }

    private void HashFile(
        long content, long size, byte[] sha256, byte[] path, IProgress<WorkProgress> progress, List<SourceProblem> problems, CancellationToken cancellationToken)
    {
        string name = Encoding.UTF8.GetString(path);
        using SourceFile file = SourceFile.Open(path);
        using IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash own = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<(long Part, byte[] Sha256)> parts = [];
        byte[] buffer = new byte[BufferLength];
        foreach ((long part, long offset, long length) in PartsOf(content))
        {
            for (long done = 0; done < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new("hashing-parts", offset + done, size, WorkProgress.Bytes) { Item = name });
                int read = file.Read(offset + done, buffer.AsSpan(0, (int)Math.Min(BufferLength, length - done)));
                if (read == 0)
                {
                    problems.Add(new(name, new("content-changed", $"{name} is shorter than it was when it was scanned", "scan again, and plan anew")));
                    return;
                }

                whole.AppendData(buffer, 0, read);
                own.AppendData(buffer, 0, read);
                done += read;
            }

            parts.Add((part, own.GetHashAndReset()));
        }

        if (!whole.GetHashAndReset().AsSpan().SequenceEqual(sha256))
        {
            problems.Add(new(name, new("content-changed", $"{name} is not what it was when it was scanned", "scan again, and plan anew")));
            return;
        }

        using Statement keep = database.Prepare("UPDATE placement SET sha256 = ?3 WHERE content = ?1 AND part = ?2");
        foreach ((long part, byte[] hash) in parts)
        {
            keep.Bind(1, content).Bind(2, part).Bind(3, hash).Run();
        }
    }

    private List<(long Part, long Offset, long Length)> PartsOf(long content)
    {
        using Statement rows = database.Prepare("SELECT DISTINCT part, offset, length FROM placement WHERE content = ?1 AND part > 0 ORDER BY part");
        List<(long Part, long Offset, long Length)> parts = [];
        rows.Bind(1, content);
        while (rows.Step())
        {
            parts.Add((rows.Number(0), rows.Number(1), rows.Number(2)));
        }

        return parts;
    }
}
