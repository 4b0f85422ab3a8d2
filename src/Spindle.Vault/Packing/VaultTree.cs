// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spindle.Files;
using Spindle.Files.Listing;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Packing;

/// <summary>The objects of a vault as a tree, <c>BUCKET/KEY</c>, for a scan to walk: what is on discs only is there, too, and need not be read.</summary>
/// <param name="vault">The vault.</param>
public sealed class VaultTree(OpenVault vault) : ISourceSystem
{
    private const int Page = 1000; // objects at a time
    private const int FileMode = 0x1A4, DirectoryMode = 0x1ED; // 0644, 0755

    private readonly ConcurrentDictionary<string, byte[]> _cut = new(); // names that don't say what they stand for
    private readonly Dictionary<string, PackingChoice> _choices = [];
    private readonly DateTimeOffset _now = vault.Time.GetUtcNow();
    private readonly ConcurrentQueue<(string Bucket, string Key)> _changed = new();

    /// <summary>Objects that were read, and are not any more what came in: what is stored of them has changed since.</summary>
    public IReadOnlyCollection<(string Bucket, string Key)> Changed => _changed;

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot(string path) => new Root(this);

    /// <inheritdoc/>
    public byte[]? UserName(long uid) => null;

    /// <inheritdoc/>
    public byte[]? GroupName(long gid) => null;

    /// <inheritdoc/>
    public bool IsRotational(long device) => false;

    private static NodeStatus DirectoryStatus(long inode, long modified) => new(EntryKind.Directory, 0, modified * 1_000_000, modified * 1_000_000, 1, inode, DirectoryMode, 0, 0, 1, 0, 0);

    private static NodeStatus FileStatus(VaultObject one)
    {
        long modified = ModifiedOf(one);
        return new(EntryKind.File, one.Size, modified, one.Modified * 1_000_000, 1, one.Id, FileMode, 0, 0, 1, one.Size, 0);
    }

    /// <summary>When the file was modified that an object was made of, where its client says so (rclone: seconds since 1970-01-01 UTC, with a fraction).</summary>
    private static long ModifiedOf(VaultObject one) =>
        one.Detail.Metadata?.GetValueOrDefault("mtime") is { } text && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal seconds)
            && Math.Abs(seconds) < 9_000_000_000m ? (long)(seconds * 1_000_000_000m) : one.Modified * 1_000_000;

    private byte[] PartOf(ReadOnlySpan<byte> name) =>
        KeyNames.PartOf(name) ?? (_cut.TryGetValue(Encoding.UTF8.GetString(name), out byte[]? part) ? part : throw new SourceException("there is no such object", isGone: true));

    private byte[] NameOf(ReadOnlySpan<byte> part)
    {
        byte[] name = KeyNames.Of(part);
        if (KeyNames.PartOf(name) is null)
        {
            _cut[Encoding.UTF8.GetString(name)] = part.ToArray();
        }

        return name;
    }

    private PackingChoice ChoiceOf(VaultBucket bucket)
    {
        lock (_choices)
        {
            if (!_choices.TryGetValue(bucket.Name, out PackingChoice? choice))
            {
                _choices.Add(bucket.Name, choice = new(bucket.Rules, _now));
            }

            return choice;
        }
    }

    /// <summary>The buckets.</summary>
    private sealed class Root(VaultTree tree) : ISourceDirectory
    {
        public NodeStatus Status => DirectoryStatus(0, 0);

        public void List(DirectoryListing listing)
        {
            foreach (VaultBucket bucket in tree.Vault.Objects.Read(Buckets.All))
            {
                listing.Add(Encoding.UTF8.GetBytes(bucket.Name), DirectoryStatus(-bucket.Id, bucket.Created));
            }
        }

        public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
        {
            if (path.IsEmpty)
            {
                return new Root(tree);
            }

            int slash = path.IndexOf((byte)'/');
            string name = Encoding.UTF8.GetString(slash < 0 ? path : path[..slash]);
            VaultBucket bucket = tree.Vault.Objects.Read(rows => Buckets.Find(rows, name)) ?? throw new SourceException("there is no such bucket", isGone: true);
            Folder folder = new(tree, bucket, []);
            return slash < 0 ? folder : folder.OpenDirectory(path[(slash + 1)..]);
        }

        public ISourceFile OpenFile(ReadOnlySpan<byte> name) => throw new SourceException("it is a bucket", isGone: true);

        public byte[] ReadLink(ReadOnlySpan<byte> name) => throw new SourceException("it is no link", isGone: true);

        public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => [];

        public void Dispose()
        {
            // It holds nothing.
        }
    }

    /// <summary>What keys have in common up to a slash.</summary>
    private sealed class Folder(VaultTree tree, VaultBucket bucket, byte[] prefix) : ISourceDirectory
    {
        public NodeStatus Status => DirectoryStatus(-bucket.Id, bucket.Created);

        public void List(DirectoryListing listing)
        {
            PackingChoice choice = tree.ChoiceOf(bucket);
            HashSet<string> folders = [];
            List<(byte[] Part, VaultObject One)> files = [];
            byte[]? from = prefix;
            bool isAfter = prefix.Length > 0; // the key that is the folder's own name with its slash is only a sign that it is there
            while (from is not null)
            {
                byte[] start = from;
                IReadOnlyList<VaultObject> objects = tree.Vault.Objects.Read(rows => ObjectRows.List(rows, bucket.Id, start, isAfter, Page));
                from = null;
                foreach (VaultObject one in objects)
                {
                    byte[] key = Encoding.UTF8.GetBytes(one.Key);
                    if (!key.AsSpan().StartsWith(prefix))
                    {
                        from = null;
                        break;
                    }

                    byte[] rest = key[prefix.Length..];
                    int slash = Array.IndexOf(rest, (byte)'/');
                    (from, isAfter) = (key, true);
                    if (slash < 0)
                    {
                        if (choice.Takes(one))
                        {
                            files.Add((rest, one));
                        }

                        continue;
                    }

                    // A folder is there where anything below it comes onto discs.
                    byte[] below = key[..(prefix.Length + slash + 1)];
                    if (folders.Contains(Convert.ToHexString(rest[..slash])) || !HasAny(choice, below))
                    {
                        from = [.. below[..^1], (byte)('/' + 1)];
                        isAfter = false;
                        break;
                    }

                    folders.Add(Convert.ToHexString(rest[..slash]));
                    listing.Add(tree.NameOf(rest.AsSpan(0, slash)), DirectoryStatus(-bucket.Id, bucket.Created));
                    (from, isAfter) = ([.. below[..^1], (byte)('/' + 1)], false);
                    break;
                }
            }

            foreach ((byte[] part, VaultObject one) in files)
            {
                byte[] name = tree.NameOf(part);
                listing.Add(folders.Contains(Convert.ToHexString(part)) ? [.. name, .. KeyNames.BesideDirectory] : name, FileStatus(one));
            }
        }

        public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path)
        {
            List<byte> below = [.. prefix];
            foreach (Range range in path.Split((byte)'/'))
            {
                if (!path[range].IsEmpty)
                {
                    below.AddRange(tree.PartOf(path[range]));
                    below.Add((byte)'/');
                }
            }

            return new Folder(tree, bucket, [.. below]);
        }

        public ISourceFile OpenFile(ReadOnlySpan<byte> name)
        {
            VaultObject one = Find(name);
            return new OpenedObject(tree.Vault, bucket, one, () => tree._changed.Enqueue((bucket.Name, one.Key)));
        }

        public byte[] ReadLink(ReadOnlySpan<byte> name) => throw new SourceException("it is no link", isGone: true);

        public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => [];

        public void Dispose()
        {
            // It holds nothing.
        }

        private VaultObject Find(ReadOnlySpan<byte> name)
        {
            string key = Encoding.UTF8.GetString([.. prefix, .. tree.PartOf(name)]);
            return tree.Vault.Objects.Read(rows => ObjectRows.Find(rows, bucket.Id, key)) ?? throw new SourceException("it was deleted", isGone: true);
        }

        private bool HasAny(PackingChoice choice, byte[] below)
        {
            byte[] from = below;
            bool isAfter = false;
            while (true)
            {
                byte[] start = from;
                bool after = isAfter;
                IReadOnlyList<VaultObject> objects = tree.Vault.Objects.Read(rows => ObjectRows.List(rows, bucket.Id, start, after, Page));
                foreach (VaultObject one in objects)
                {
                    byte[] key = Encoding.UTF8.GetBytes(one.Key);
                    if (!key.AsSpan().StartsWith(below))
                    {
                        return false;
                    }

                    if (choice.Takes(one))
                    {
                        return true;
                    }
                }

                if (objects.Count < Page)
                {
                    return false;
                }

                (from, isAfter) = (Encoding.UTF8.GetBytes(objects[^1].Key), true);
            }
        }
    }

    /// <summary>An object that is read.</summary>
    private sealed class OpenedObject : ISourceFile
    {
        private readonly VaultObject _one;
        private readonly SafeFileHandle? _file;
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly Action _changed;
        private long _position;

        public OpenedObject(OpenVault vault, VaultBucket bucket, VaultObject one, Action changed)
        {
            (_one, _changed) = (one, changed);
            if (one.Size == 0)
            {
                return;
            }

            try
            {
                _file = File.OpenHandle(vault.Landing.PathOf(one.File ?? throw new SourceException($"{bucket.Name}/{one.Key} is on discs only", isGone: false)));
            }
            catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SourceException)
            {
                throw new SourceException(e.Message, e is FileNotFoundException);
            }
        }

        public NodeStatus Status() => FileStatus(_one);

        public int Read(Span<byte> buffer)
        {
            try
            {
                int read = _file is null ? 0 : RandomAccess.Read(_file, buffer, _position);
                _position += read;
                _hash.AppendData(buffer[..read]);
                if (read > 0 && _position >= _one.Size && !_hash.GetHashAndReset().AsSpan().SequenceEqual(_one.Sha256))
                {
                    _changed();
                    throw new SourceException("it is not any more what came in", isGone: false);
                }

                return read;
            }
            catch (IOException e) when (e is not SourceException)
            {
                throw new SourceException(e.Message, isGone: false);
            }
        }

        public void Rewind()
        {
            _position = 0;
            _ = _hash.GetHashAndReset();
        }

        public IReadOnlyList<ExtendedAttribute> Attributes() => [];

        public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size) => null;

        public void Dispose()
        {
            _file?.Dispose();
            _hash.Dispose();
        }
    }

    private OpenVault Vault => vault;
}
