// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Vault.Objects;

namespace Spindle.Service.S3.Operations;

/// <summary>A page of a bucket's keys, in the order of their bytes, and of what their first parts have in common.</summary>
internal sealed class ObjectListing
{
    private readonly List<VaultObject> _objects = [];
    private readonly List<string> _prefixes = [];

    private ObjectListing()
    {
    }

    /// <summary>Keys.</summary>
    public IReadOnlyList<VaultObject> Objects => _objects;

    /// <summary>What keys up to the delimiter have in common.</summary>
    public IReadOnlyList<string> Prefixes => _prefixes;

    /// <summary>How many there are of both.</summary>
    public int Count => _objects.Count + _prefixes.Count;

    /// <summary>Whether there are more.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What the next page comes behind; null where there is none.</summary>
    public string? Next { get; private set; }

    /// <summary>Makes a page. Keys below a common prefix are not looked at, however many there are.</summary>
    /// <param name="rows">The connection.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="choice">Which keys.</param>
    /// <param name="after">Only what comes behind that.</param>
    public static ObjectListing Of(VaultRows rows, long bucket, ListingChoice choice, string after)
    {
        ObjectListing page = new();
        if (choice.Most == 0)
        {
            return page;
        }

        byte[] prefix = Encoding.UTF8.GetBytes(choice.Prefix), delimiter = Encoding.UTF8.GetBytes(choice.Delimiter), behind = Encoding.UTF8.GetBytes(after);
        bool isAfter = behind.AsSpan().SequenceCompareTo(prefix) >= 0 && behind.Length > 0;
        byte[]? from = isAfter ? behind : prefix;

        // What is behind "a/" is not yet behind all that is told as "a/".
        if (isAfter && CommonOf(behind, prefix, delimiter) is { } told && told.Length == behind.Length)
        {
            (from, isAfter) = (Successor(told), false);
        }

        string? last = null;
        while (from is not null)
        {
            int wanted = choice.Most - page.Count + 1;
            IReadOnlyList<VaultObject> objects = ObjectRows.List(rows, bucket, from, isAfter, wanted);
            byte[]? next = null;
            foreach (VaultObject one in objects)
            {
                byte[] key = Encoding.UTF8.GetBytes(one.Key);
                if (!key.AsSpan().StartsWith(prefix))
                {
                    return page;
                }

                byte[]? common = CommonOf(key, prefix, delimiter);
                bool isTold = common is not null && common.AsSpan().SequenceCompareTo(behind) <= 0 && behind.Length > 0; // by an earlier page
                if (!isTold)
                {
                    if (page.Count == choice.Most)
                    {
                        (page.IsCut, page.Next) = (true, last);
                        return page;
                    }

                    last = common is null ? one.Key : Encoding.UTF8.GetString(common);
                    if (common is null)
                    {
                        page._objects.Add(one);
                    }
                    else
                    {
                        page._prefixes.Add(last);
                    }
                }

                (next, isAfter) = common is null ? (key, true) : (Successor(common), false);
                if (common is not null)
                {
                    break;
                }
            }

            from = objects.Count == 0 || (objects.Count < wanted && isAfter) ? null : next;
        }

        return page;
    }

    /// <summary>What a key is told as, where its rest behind the prefix has the delimiter.</summary>
    private static byte[]? CommonOf(byte[] key, byte[] prefix, byte[] delimiter)
    {
        if (delimiter.Length == 0 || key.Length < prefix.Length || !key.AsSpan().StartsWith(prefix))
        {
            return null;
        }

        int found = key.AsSpan(prefix.Length).IndexOf(delimiter);
        return found < 0 ? null : key[..(prefix.Length + found + delimiter.Length)];
    }

    /// <summary>The first bytes that come behind all that begins with some; null where nothing does.</summary>
    private static byte[]? Successor(byte[] bytes)
    {
        int last = Array.FindLastIndex(bytes, one => one < 0xFF);
        return last < 0 ? null : [.. bytes[..last], (byte)(bytes[last] + 1)];
    }
}
