// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Unix;

namespace Spindle.Files.Targets.Unix;

/// <summary>A file of a Unix system, or a directory whose attributes are set.</summary>
/// <param name="system">What the system does in its own way.</param>
/// <param name="descriptor">Open; closed with this.</param>
/// <param name="isDirectory">Whether it is a directory.</param>
/// <param name="given">Of a file that was just made: what it has already; null where that is not known.</param>
internal sealed unsafe class UnixTargetFile(IUnixWriting system, int descriptor, bool isDirectory = false, GivenAttributes? given = null) : TargetFile
{
    private const int SetIds = 0xC00; // S_ISUID, S_ISGID
    private const int OwnerMayWrite = 0x80; // S_IWUSR
    private const int UsualPermissions = 0x1FF;

    /// <summary>The permissions that it had, where it could only be opened with others, and that it has again when it is closed; null for nothing.</summary>
    public int? HadMode { get; set; }

    /// <summary>Whether this user may give files to others.</summary>
    public static bool MayGiveAway { get; } = Posix.EffectiveUser() == 0;

    public override void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint written = Posix.Write(descriptor, start + done, bytes.Length - done, offset + done);
                done += written > 0 ? (int)written : throw UnixTarget.Error(system);
            }
        }
    }

    public override int Read(Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            nint read = Posix.Read(descriptor, start, buffer.Length, offset);
            return read >= 0 ? (int)read : throw UnixTarget.Error(system);
        }
    }

    public override void SetLength(long length)
    {
        if (Posix.Truncate(descriptor, length) != 0)
        {
            throw UnixTarget.Error(system);
        }
    }

    public override string? SetAttributes(in TargetAttributes attributes)
    {
        if (given is null)
        {
            system.Unseal(descriptor); // of an earlier run
        }

        // Each step undoes something of those behind it: a new owner clears set-id bits, a mode changes an ACL, all change times.
        List<string>? refused = null;
        bool isOurs = MayGiveAway || attributes.UserId == Posix.EffectiveUser();
        bool hasOwner = given is { } owner && owner.Uid == attributes.UserId && owner.Gid == attributes.GroupId;
        if (MayGiveAway && !hasOwner && Posix.ChangeOwner(descriptor, attributes.UserId, attributes.GroupId) != 0)
        {
            (refused ??= []).Add($"owner ({UnixTarget.Words()})");
        }

        HadMode = null;
        if (given is not { HasAcl: false })
        {
            system.RemoveInherited(descriptor, isDirectory, attributes.Extended);
        }

        // Who may not write into a file may not give it such attributes, were he its owner (xattr(7)); and ACLs come behind the mode.
        ExtendedAttribute[] usual = [.. attributes.Extended.Where(attribute => !system.IsSeal(attribute))];
        bool hasMode = hasOwner && given!.Value.Mode == attributes.Mode;
        bool isLoosened = !MayGiveAway && (attributes.Mode & OwnerMayWrite) == 0 && usual.Any(attribute => !system.IsAcl(attribute));
        if (isLoosened && Posix.ChangeMode(descriptor, (uint)(attributes.Mode & UsualPermissions) | OwnerMayWrite) == 0)
        {
            SetExtended(usual.Where(attribute => !system.IsAcl(attribute)), ref refused);
            hasMode = false;
        }

        if (!hasMode && Posix.ChangeMode(descriptor, ModeOf(attributes.Mode, isOurs || isDirectory)) != 0)
        {
            (refused ??= []).Add($"permissions ({UnixTarget.Words()})");
        }

        SetExtended(usual.Where(attribute => !isLoosened || system.IsAcl(attribute)), ref refused);
        long* times = stackalloc long[4];
        Times(attributes, times, system.OmitTime);
        if (Posix.SetTimes(descriptor, times) != 0)
        {
            (refused ??= []).Add($"time ({UnixTarget.Words()})");
        }

        SetExtended(attributes.Extended.Where(system.IsSeal), ref refused);
        return refused is null ? null : string.Join(", ", refused);
    }

    public override void Dispose()
    {
        if (HadMode is { } mode)
        {
            _ = Posix.ChangeMode(descriptor, (uint)mode);
        }

        _ = Posix.Close(descriptor);
    }

    /// <summary>What the system gave to a file that was just made; null where it does not say.</summary>
    public static GivenAttributes? Look(IUnixWriting system, int descriptor)
    {
        byte empty = 0;
        return system.Reading.TryStatus(descriptor, &empty, out NodeStatus status) ? new(status.Uid, status.Gid, system.HasAcl(descriptor), status.Mode) : null;
    }

    private void SetExtended(IEnumerable<ExtendedAttribute> attributes, ref List<string>? refused)
    {
        foreach (ExtendedAttribute attribute in attributes)
        {
            if (system.SetAttribute(descriptor, attribute) != 0)
            {
                (refused ??= []).Add($"{Encoding.UTF8.GetString(attribute.Name)} ({UnixTarget.Words()})");
            }
        }
    }

    /// <summary>The rights of a foreign owner are not given to this one.</summary>
    internal static uint ModeOf(int mode, bool isOurs) => (uint)(isOurs ? mode : mode & ~SetIds);

    /// <summary>Two struct timespec: the time of access stays, that of modification is set.</summary>
    internal static void Times(in TargetAttributes attributes, long* times, long omitted)
    {
        long seconds = Math.DivRem(attributes.Modified, 1_000_000_000, out long fraction);
        if (attributes.FarModified is { } far)
        {
            (seconds, fraction) = (far.Seconds, far.Nanoseconds);
        }

        times[0] = 0;
        times[1] = omitted;
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
