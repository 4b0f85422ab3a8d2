// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Tests.Catalogue;

/// <summary>A catalogue as a scan would leave it, of files that never were.</summary>
internal static class GeneratedCatalogue
{
    /// <summary>Makes a catalogue of directories in a tree of ten by ten, with files of pseudo-random sizes.</summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="directories">How many directories.</param>
    /// <param name="filesInEach">Files in each.</param>
    /// <param name="size">Bytes of a file, by its number.</param>
    /// <param name="copyEvery">Each so many files have the contents of the first one; 0 for none.</param>
    public static CatalogueDatabase Create(string path, int directories, int filesInEach, Func<int, long> size, int copyEvery = 0)
    {
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(path);
        using Microsoft.Data.Sqlite.SqliteTransaction transaction = database.BeginWriting();
        database.Run("INSERT INTO scan (id, source, prefix, started, finished) VALUES (1, x'2f', x'', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z')");
        using Statement addDirectory = database.Prepare("INSERT INTO directory (id, parent, path) VALUES (?1, ?2, ?3)");
        using Statement addContent = database.Prepare("INSERT INTO content (id, size, sha256) VALUES (?1, ?2, ?3)");
        using Statement addEntry = database.Prepare("""
            INSERT INTO entry (directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, first_scan)
            VALUES (?1, ?2, ?3, ?4, ?5, 1700000000000000000, 0, 1, ?6, ?7, 1000, 1000, 1)
            """);
        List<(long Id, byte[] Path)> all = [(ArchivePath.RootId, [])];
        byte[] hash = new byte[32];
        int file = 0;
        for (int i = 0; i < directories; i++)
        {
            if (i > 0)
            {
                (long parent, byte[] above) = all[(i - 1) / 10];
                byte[] name = Encoding.ASCII.GetBytes($"directory {i}");
                byte[] own = ArchivePath.Join(above, name);
                addDirectory.Bind(1, i + 1).Bind(2, parent).Bind(3, own).Run();
                addEntry.Bind(1, parent).Bind(2, name).Bind(3, (long)EntryKind.Directory).BindNull(4).Bind(5, 0).Bind(6, 1_000_000_000L + i).Bind(7, 0x1ED).Run();
                all.Add((i + 1, own));
            }

            for (int j = 0; j < filesInEach; j++, file++)
            {
                bool isCopy = copyEvery > 0 && file > 0 && file % copyEvery == 0;
                long content = isCopy ? 1 : file + 1;
                long bytes = size(isCopy ? 0 : file);
                if (!isCopy)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(hash, file);
                    addContent.Bind(1, content).Bind(2, bytes).Bind(3, SHA256.HashData(hash)).Run();
                }

                addEntry.Bind(1, all[i].Id).Bind(2, Encoding.ASCII.GetBytes($"file number {file}.data")).Bind(3, (long)EntryKind.File)
                    .Bind(4, content).Bind(5, bytes).Bind(6, file).Bind(7, 0x1A4).Run();
            }
        }

        database.Set("hashes", "sha256");
        database.Set("job", "Generated");
        transaction.Commit();
        return database;
    }
}
