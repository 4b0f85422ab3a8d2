// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Linux;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;

namespace Spindle.Files.Targets.Linux;

/// <summary>A file of Linux, or a directory whose attributes are set.</summary>
/// <param name="descriptor">Open; closed with this.</param>
/// <param name="isDirectory">Whether it is a directory.</param>
/// <param name="given">Of a file that was just made: what it has already; null where that is not known.</param>
internal sealed unsafe class LinuxTargetFile(int descriptor, bool isDirectory = false, GivenAttributes? given = null) : TargetFile
{
    private const int SetIds = 0xC00; // S_ISUID, S_ISGID
    private const int OwnerMayWrite = 0x80; // S_IWUSR
    private const int UsualPermissions = 0x1FF;

    /// <summary>Name of the attribute that an ACL is, with a zero behind it.</summary>
    public static ReadOnlySpan<byte> AccessAcl => "system.posix_acl_access\0"u8;

    /// <summary>The permissions that it had, where it could only be opened with others, and that it has again when it is closed; null for nothing.</summary>
    public int? HadMode { get; set; }

    private static ReadOnlySpan<byte> DefaultAcl => "system.posix_acl_default\0"u8;

    /// <summary>Whether this user may give files to others.</summary>
    public static bool MayGiveAway { get; } = LibC.EffectiveUser() == 0;

    public override void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint written = LibC.Write(descriptor, start + done, bytes.Length - done, offset + done);
                done += written > 0 ? (int)written : throw LinuxTarget.Error();
            }
        }
    }

    public override int Read(Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            nint read = LibC.Read(descriptor, start, buffer.Length, offset);
            return read >= 0 ? (int)read : throw LinuxTarget.Error();
        }
    }

    public override void SetLength(long length)
    {
        if (LibC.Truncate(descriptor, length) != 0)
        {
            throw LinuxTarget.Error();
        }
    }

    public override string? SetAttributes(in TargetAttributes attributes)
    {
        // Each step undoes something of those behind it: a new owner clears set-id bits, a mode changes an ACL, all change times.
        List<string>? refused = null;
        bool isOurs = MayGiveAway || attributes.UserId == LibC.EffectiveUser();
        bool hasOwner = given is { } owner && owner.Uid == attributes.UserId && owner.Gid == attributes.GroupId;
        if (MayGiveAway && !hasOwner && LibC.ChangeOwner(descriptor, attributes.UserId, attributes.GroupId) != 0)
        {
            (refused ??= []).Add($"owner ({LinuxTarget.Words()})");
        }

        HadMode = null;
        if (given is not { HasAcl: false })
        {
            RemoveInherited(attributes.Extended);
        }

        // Who may not write into a file may not give it such attributes, were he its owner (xattr(7)); and ACLs come behind the mode.
        bool hasMode = hasOwner && given!.Value.Mode == attributes.Mode;
        bool isLoosened = !MayGiveAway && (attributes.Mode & OwnerMayWrite) == 0 && attributes.Extended.Any(attribute => !IsAcl(attribute));
        if (isLoosened && LibC.ChangeMode(descriptor, (uint)(attributes.Mode & UsualPermissions) | OwnerMayWrite) == 0)
        {
            SetExtended(attributes.Extended.Where(attribute => !IsAcl(attribute)), ref refused);
            hasMode = false;
        }

        if (!hasMode && LibC.ChangeMode(descriptor, ModeOf(attributes.Mode, isOurs || isDirectory)) != 0)
        {
            (refused ??= []).Add($"permissions ({LinuxTarget.Words()})");
        }

        SetExtended(attributes.Extended.Where(attribute => !isLoosened || IsAcl(attribute)), ref refused);
        long* times = stackalloc long[4];
        Times(attributes, times);
        if (LibC.SetTimes(descriptor, times) != 0)
        {
            (refused ??= []).Add($"time ({LinuxTarget.Words()})");
        }

        return refused is null ? null : string.Join(", ", refused);
    }

    public override void Dispose()
    {
        if (HadMode is { } mode)
        {
            _ = LibC.ChangeMode(descriptor, (uint)mode);
        }

        _ = LibC.Close(descriptor);
    }

    /// <summary>What the system gave to a file that was just made; null where it does not say.</summary>
    public static GivenAttributes? Look(int descriptor)
    {
        byte empty = 0;
        fixed (byte* access = AccessAcl)
        {
            return LinuxSource.TryStatus(descriptor, &empty, out NodeStatus status)
                ? new(status.Uid, status.Gid, LibC.GetAttribute(descriptor, access, null, 0) >= 0, status.Mode)
                : null;
        }
    }

    private static bool IsAcl(ExtendedAttribute attribute) => attribute.Name.AsSpan().StartsWith("system.posix_acl_"u8);

    private void SetExtended(IEnumerable<ExtendedAttribute> attributes, ref List<string>? refused)
    {
        foreach (ExtendedAttribute attribute in attributes)
        {
            fixed (byte* name = (byte[])[.. attribute.Name, 0], value = attribute.Value)
            {
                if (LibC.SetAttribute(descriptor, name, value, attribute.Value.Length, 0) != 0)
                {
                    (refused ??= []).Add($"{Encoding.UTF8.GetString(attribute.Name)} ({LinuxTarget.Words()})");
                }
            }
        }
    }

    /// <summary>ACLs that came from the directory, and not from the archive (acl(5), "Object creation and default ACLs").</summary>
    private void RemoveInherited(IReadOnlyList<ExtendedAttribute> wanted)
    {
        fixed (byte* access = AccessAcl, standard = DefaultAcl)
        {
            if (!wanted.Any(attribute => attribute.Name.AsSpan().SequenceEqual(AccessAcl[..^1])))
            {
                _ = LibC.RemoveAttribute(descriptor, access); // there is none on nearly all
            }

            if (isDirectory && !wanted.Any(attribute => attribute.Name.AsSpan().SequenceEqual(DefaultAcl[..^1])))
            {
                _ = LibC.RemoveAttribute(descriptor, standard);
            }
        }
    }

    /// <summary>The rights of a foreign owner are not given to this one.</summary>
    internal static uint ModeOf(int mode, bool isOurs) => (uint)(isOurs ? mode : mode & ~SetIds);

    /// <summary>Two struct timespec: the time of access stays, that of modification is set.</summary>
    internal static void Times(in TargetAttributes attributes, long* times)
    {
        long seconds = Math.DivRem(attributes.Modified, 1_000_000_000, out long fraction);
        if (attributes.FarModified is { } far)
        {
            (seconds, fraction) = (far.Seconds, far.Nanoseconds);
        }

        times[0] = 0;
        times[1] = LibC.OmitTime;
        times[2] = fraction < 0 ? seconds - 1 : seconds;
        times[3] = fraction < 0 ? fraction + 1_000_000_000 : fraction;
    }
}

/// <summary>What a file has from the moment that it was made.</summary>
/// <param name="Uid">Number of its owner.</param>
/// <param name="Gid">Number of its group.</param>
/// <param name="HasAcl">Whether it inherited an ACL from its directory.</param>
/// <param name="Mode">Its permissions.</param>
internal readonly record struct GivenAttributes(long Uid, long Gid, bool HasAcl, int Mode);
