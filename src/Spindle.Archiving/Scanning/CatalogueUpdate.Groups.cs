// SPDX-License-Identifier: MIT
using Spindle.Archiving.Catalogue;

namespace Spindle.Archiving.Scanning;

/// <content>Which names are one file.</content>
internal sealed partial class CatalogueUpdate
{
    /// <summary>Parts what has the number of one file and is several, all of them seen now: names that kept it across disks or catalogues.</summary>
    /// <returns>Whether there was such.</returns>
    public bool PartGroups()
    {
        Begin();
        List<(long Group, long Content)> apart = [];
        using (Statement several = _database.Prepare("""
            SELECT k.link_group, k.content FROM kept_group k JOIN entry e ON e.content = k.content AND e.link_group = k.link_group
            WHERE e.kind = 0 AND e.gone_scan IS NULL AND e.inode <> 0 GROUP BY k.link_group, k.content
            HAVING min(e.inode) <> max(e.inode) OR min(e.device) <> max(e.device)
            """))
        {
            while (several.Step())
            {
                apart.Add((several.Number(0), several.Number(1)));
            }
        }

        foreach ((long group, long content) in apart)
        {
            PartGroup(group, content);
        }

        return apart.Count > 0;
    }

    /// <summary>The file of the first name keeps the number; each other file gets that of its first name.</summary>
    private void PartGroup(long group, long content)
    {
        List<(long Id, long FirstScan, (long, long) File)> names = [];
        using (Statement rows = _database.Prepare("""
            SELECT id, first_scan, device, inode FROM entry WHERE kind = 0 AND content = ?1 AND link_group = ?2 AND gone_scan IS NULL AND inode <> 0 ORDER BY id
            """))
        {
            rows.Bind(1, content).Bind(2, group);
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
        NodeStatus status = finding.Status;
        if (previous?.LinkGroup is { } own && previous.Status.Inode == status.Inode && previous.Status.Device == status.Device)
        {
            return own;
        }

        long? group = null;
        _findGroup.Bind(1, status.Inode).Bind(2, status.Device);
        while (group is null && status.Inode != 0 && _findGroup.Step())
        {
            group = IsBelowPrefix(_findGroup.Blob(1)) ? _findGroup.Number(0) : null;
        }

        _findGroup.Reset();

        // Another disk, or an imported catalogue: the inodes are others, the file is the same. Unless it is a copy: that is seen when all names were.
        bool isSameFile = previous?.Status.Size == status.Size && previous.Status.Modified == status.Modified;
        if (group is null && isSameFile && previous!.LinkGroup is { } kept && finding.Content is { } content)
        {
            _keepGroup.Bind(1, kept).Bind(2, content).Run();
            group = kept;
        }

        return group;
    }
}
