// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.Unix;

namespace Spindle.Files.Targets.Unix;

/// <summary>What Unix systems do each in its own way when files are made. As <see cref="IUnixReading"/>: names end with a zero, and the runtime keeps the error.</summary>
internal unsafe interface IUnixWriting
{
    /// <summary>How the system is looked at.</summary>
    IUnixReading Reading { get; }

    /// <summary>The permissions that this process gives to no file that it makes (umask(2)); all, where the system does not say.</summary>
    int UserMask { get; }

    /// <summary>That a link itself is meant (AT_SYMLINK_NOFOLLOW).</summary>
    int NoFollow { get; }

    /// <summary>In place of nanoseconds: a time that stays as it is (UTIME_OMIT).</summary>
    long OmitTime { get; }

    /// <summary>Opens a file to read and write it, through no link.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isNew">Whether nothing may have that name; else it is made where it is not there.</param>
    /// <param name="mode">Permissions of one that is made.</param>
    int OpenFile(int directory, byte* name, bool isNew, uint mode);

    /// <summary>Changes permissions of what perhaps cannot be opened, and through no link.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="loosened">From what it is and has, the permissions that it gets; null for none.</param>
    /// <returns>The permissions that it had; null where nothing was changed.</returns>
    int? TryLoosen(int directory, byte* name, Func<NodeStatus, uint?> loosened);

    /// <summary>Gives a name that nothing has.</summary>
    /// <returns>0; else the file system may know no such thing (<see cref="Files.Unix.UnixFault.NotSupported"/>).</returns>
    int RenameToNew(int fromDirectory, byte* from, int toDirectory, byte* to);

    /// <summary>Makes a pipe, socket or device.</summary>
    int MakeNode(int directory, byte* name, EntryKind kind, uint mode, (uint Major, uint Minor) device);

    /// <summary>Sets an extended attribute of what is open.</summary>
    int SetAttribute(int descriptor, ExtendedAttribute attribute);

    /// <summary>Sets an extended attribute of a name, and not of what a link leads to.</summary>
    int SetAttribute(int directory, ReadOnlySpan<byte> name, ExtendedAttribute attribute);

    /// <summary>Whether an attribute can be set only behind permissions, which would change it: an ACL.</summary>
    bool IsAcl(ExtendedAttribute attribute);

    /// <summary>Whether an attribute can be set only behind all others, for nothing can be changed then.</summary>
    bool IsSeal(ExtendedAttribute attribute);

    /// <summary>Lifts the seal of what is open, where it has one, so that it can be changed.</summary>
    void Unseal(int descriptor);

    /// <summary>Whether what was just made took an ACL from its directory.</summary>
    bool HasAcl(int descriptor);

    /// <summary>Takes ACLs away that came from the directory, and not from the archive.</summary>
    /// <param name="descriptor">What is open.</param>
    /// <param name="isDirectory">Whether it is a directory.</param>
    /// <param name="wanted">What it gets.</param>
    void RemoveInherited(int descriptor, bool isDirectory, IReadOnlyList<ExtendedAttribute> wanted);

    /// <summary>The same of a name that is no link.</summary>
    void RemoveInherited(int directory, ReadOnlySpan<byte> name);

    /// <summary>Waits until all that was written to a file system is on its medium.</summary>
    void Sync(int directory);
}
