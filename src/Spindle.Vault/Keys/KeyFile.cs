// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Files.Locks;
using Spindle.Media;

namespace Spindle.Vault.Keys;

/// <summary>The keys of a vault: <c>keys.json</c> in its landing, for its user alone to read.</summary>
/// <remarks>
/// Secrets stand in it as they are: who checks a signature of version 4 needs the secret, or what can be made of it for each day, so a hash would not do.
/// It is no part of the catalogue, which comes onto every disc.
/// </remarks>
public sealed class KeyFile
{
    private const int IdLength = 20, SecretLength = 40; // characters, as those of AWS: some clients count them
    private const int LongestName = 64;
    private const string OfIds = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string OfSecrets = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string AllRights = "rwd";
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _state;
    private Dictionary<string, AccessKey> _keys = [];

    /// <summary>Those of a vault.</summary>
    /// <param name="landing">Its landing.</param>
    /// <param name="time">The clock.</param>
    public KeyFile(string landing, TimeProvider time)
    {
        _path = Path.Combine(landing, "keys.json");
        _time = time;
    }

    /// <summary>All keys, by name.</summary>
    /// <exception cref="OperationFailedException"><c>vault-keys-unusable</c>.</exception>
    public IReadOnlyList<AccessKey> All() => [.. Read().Values.OrderBy(key => key.Name, StringComparer.Ordinal)];

    /// <summary>Finds one by what a program says that it is; a key that was added since is found, too.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="OperationFailedException"><c>vault-keys-unusable</c>.</exception>
    public AccessKey? Find(string id) => Read().GetValueOrDefault(id);

    /// <summary>Makes a key.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="buckets">Buckets of others that it may use.</param>
    /// <param name="rights">Of <c>r</c>, <c>w</c> and <c>d</c>; null for all.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>, <c>vault-key-exists</c>, <c>vault-keys-unusable</c>; it can't be written.</exception>
    public AccessKey Add(string name, IReadOnlyList<string> buckets, string? rights)
    {
        string granted = rights ?? AllRights;
        if (name.Length is 0 or > LongestName || name.Any(one => one is <= ' ' or > '~'))
        {
            throw Failures.OddKeyName(name);
        }

        if (granted.Length == 0 || granted.Any(one => !AllRights.Contains(one, StringComparison.Ordinal)) || granted.Distinct().Count() != granted.Length)
        {
            throw Failures.OddRights(granted);
        }

        return Change(keys =>
        {
            if (keys.Values.Any(key => key.Name == name))
            {
                throw Failures.KeyExists(name);
            }

            AccessKey key = new(name, Draw(OfIds, IdLength), Draw(OfSecrets, SecretLength), buckets, granted, _time.GetUtcNow());
            keys.Add(key.Id, key);
            return key;
        });
    }

    /// <summary>Takes a key away: from the next request on, it lets nobody in.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-vault-key</c>, <c>vault-keys-unusable</c>; it can't be written.</exception>
    public AccessKey Remove(string name) => Change(keys =>
    {
        AccessKey key = keys.Values.FirstOrDefault(key => key.Name == name) ?? throw Failures.NoSuchKey(name);
        keys.Remove(key.Id);
        return key;
    });

    private static string Draw(string letters, int length) => RandomNumberGenerator.GetString(letters, length);

    private AccessKey Change(Func<Dictionary<string, AccessKey>, AccessKey> change)
    {
        using FileLock mine = Lock();
        Dictionary<string, AccessKey> keys = new(Read());
        AccessKey key = change(keys);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes([.. keys.Values], KeysJson.Default.AccessKeyArray);
        string part = _path + WholeFile.PartSuffix;
        File.Delete(part); // of a run that was killed: it may have other permissions
        TargetFailure.Told(_path, () =>
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Mine; // from its first moment on
            }

            using FileStream file = new(part, options);
            file.Write(text);
            file.Flush(flushToDisk: true);
            return true;
        });
        WholeFile.Publish(_path);
        return key;
    }

    private FileLock Lock()
    {
        while (true)
        {
            if (FileLock.TryTake(_path + "-lock") is { } taken)
            {
                return taken;
            }

            CancellationToken.None.WaitHandle.WaitOne(10); // milliseconds: another command changes it
        }
    }

    private Dictionary<string, AccessKey> Read()
    {
        lock (_lock)
        {
            try
            {
                FileInfo file = new(_path);
                if (!file.Exists)
                {
                    return _keys = [];
                }

                (DateTime, long) state = (file.LastWriteTimeUtc, file.Length);
                if (state != _state)
                {
                    _keys = (JsonSerializer.Deserialize(File.ReadAllText(_path, Encoding.UTF8), KeysJson.Default.AccessKeyArray) ?? []).ToDictionary(key => key.Id);
                    _state = state;
                }

                return _keys;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
            {
                throw Failures.KeysUnusable(_path, e);
            }
        }
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AccessKey[]))]
internal sealed partial class KeysJson : JsonSerializerContext;
