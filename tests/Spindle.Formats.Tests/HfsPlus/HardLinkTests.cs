// SPDX-License-Identifier: MIT
using Spindle.Formats.Hfs;
using Spindle.Formats.Tests.Hfs;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.HfsPlus;

/// <summary>TN1150, 'Hard Links': names lead by a number to files of a directory that is not shown.</summary>
public sealed class HardLinkTests
{
    private const string PrivateDirectory = "\0\0\0\0HFS+ Private Data";
    private const uint PrivateId = 16;

    [Fact]
    public void Every_name_of_a_file_has_its_content()
    {
        // Many, in leaves of their own: they are found on the way down by their names.
        HfsBytes image = Linked([.. Enumerable.Range(1, 12)], [.. Enumerable.Range(1, 12)]);
        Volume volume = SourceTree.Open(image.Disc());
        List<VolumeEntry> files = [.. volume.Walk()];

        Assert.Equal(Enumerable.Range(1, 12).Select(number => $"/name{number}").Order(), files.Select(file => file.Path).Order());
        foreach (VolumeEntry file in files)
        {
            int number = int.Parse(file.Name["name".Length..], null);
            Assert.Equal(EntryType.File, file.Type);
            Assert.Equal(image.Content(700 + number, (HfsBytes.DataBlock + (number * 2), 2)), SourceTree.ReadAll(volume.OpenContent(file)));
        }

        Assert.Empty(volume.Findings.Items);
    }

    [Fact]
    public void A_name_that_leads_to_nothing_is_told()
    {
        Volume volume = SourceTree.Open(Linked(names: [1, 2, 3], files: [1, 3]).Disc());

        Assert.Equal(
            [("name1", EntryType.File, false), ("name2", EntryType.Unknown, true), ("name3", EntryType.File, false)],
            volume.Walk().Select(file => (file.Name, file.Type, file.IsDescriptionLost)));
        Assert.Equal(HfsRules.HardLinkReadable, Assert.Single(volume.LostDescriptions).Rule);
    }

    private static HfsBytes Linked(int[] names, int[] files)
    {
        HfsBytes image = new(isPlus: true);
        image.Folder(1, "Hand", HfsBytes.RootId, names.Length + 1);
        image.Folder(HfsBytes.RootId, PrivateDirectory, PrivateId, files.Length);
        foreach (int number in names)
        {
            image.File(HfsBytes.RootId, $"name{number}", (uint)(100 + number), (0, []), record =>
            {
                "hlnkhfs+"u8.CopyTo(record.AsSpan(48)); // type and creator
                HfsBytes.Write(record, 44, (uint)number);
            });
        }

        foreach (int number in files)
        {
            image.File(PrivateId, $"iNode{number}", (uint)(200 + number), (700 + number, [(HfsBytes.DataBlock + (number * 2), 2)]));
        }

        return image;
    }
}
