// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <content>Which names are one file.</content>
internal sealed partial class CatalogueUpdate
{
    /// <summary>Parts what has the number of one file and is several, all of them seen now: names that kept it across disks or catalogues.</summary>
    /// <returns>Whether there was such.</returns>
    public bool PartGroups()
    {
        Begin();
        using Statement any = _database.Prepare("SELECT EXISTS (SELECT 1 FROM kept_group)");
        if (any.Scalar() == 0)
        {
            return false;
        }

        List<long> apart = [];
        using (Statement several = _database.Prepare("""
            SELECT link_group FROM entry
            WHERE link_group IN (SELECT link_group FROM kept_group) AND gone_scan IS NULL AND inode <> 0 GROUP BY link_group
            HAVING min(inode) <> max(inode) OR min(device) <> max(device)
            """))
        {
            while (several.Step())
            {
                apart.Add(several.Number(0));
            }
        }

        apart.ForEach(PartGroup);
        return apart.Count > 0;
    }

    /// <summary>The file of the first name keeps the number; each other file gets that of its first name.</summary>
    private void PartGroup(long group)
    {
        List<(long Id, long FirstScan, (long, long) File)> names = [];
        using (Statement rows = _database.Prepare("SELECT id, first_scan, device, inode FROM entry WHERE link_group = ?1 AND gone_scan IS NULL AND inode <> 0 ORDER BY id"))
        {
            rows.Bind(1, group);
            while (rows.Step())
            {
                names.Add((rows.Number(0), rows.Number(1), (rows.Number(2), rows.Number(3))));
            }
        }

        using Statement copy = _database.Prepare("""
            INSERT INTO entry (directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, first_scan)
            SELECT directory, name, kind, content, size, modified, changed, device, inode, mode, uid, gid, link_group, target, extra, flags, ?2 FROM entry WHERE id = ?1
            """);
        using Statement regroup = _database.Prepare("UPDATE entry SET link_group = ?2 WHERE id = ?1");
        foreach (IGrouping<(long, long), (long Id, long FirstScan, (long, long) File)> file in names.GroupBy(name => name.File).Skip(1))
        {
            long? own = null;
            foreach ((long id, long firstScan, _) in file)
            {
                long row = id;
                if (firstScan != _scan)
                {
                    _end.Bind(1, id).Bind(2, _scan).Run(); // before: of a name there is one entry at a time
                    copy.Bind(1, id).Bind(2, _scan).Run();
                    row = copy.LastRowId;
                }

                own ??= row;
                regroup.Bind(1, row).Bind(2, own.Value).Run();
            }
        }
    }

    /// <summary>The names of one file have one number, whatever becomes of its content; it outlives the first of them.</summary>
    private long? GroupOf(KnownEntry? previous, in Finding finding)
    {
        // Names that came up before this one have a number already, and it may be a new one.
        NodeStatus status = finding.Status;
        long? group = null;
        _findGroup.Bind(1, status.Inode).Bind(2, status.Device).Bind(3, finding.Content);
        while (group is null && status.Inode != 0 && _findGroup.Step())
        {
            group = IsBelowPrefix(_findGroup.Blob(1)) ? _findGroup.Number(0) : null;
        }

        _findGroup.Reset();
        if (group is not null || previous?.LinkGroup is not { } own)
        {
            return group;
        }

        if (previous.Status.Inode == status.Inode && previous.Status.Device == status.Device)
        {
            return own; // the content alone is new
        }

        // Another disk, or an imported catalogue: the inodes are others, the file is the same. Unless it is a copy: that is seen when all names were.
        bool isSameFile = previous.Status.Size == status.Size && previous.Status.Modified == status.Modified;
        if (isSameFile)
        {
            _keepGroup.Bind(1, own).Run();
        }

        return isSameFile ? own : null;
    }
}
