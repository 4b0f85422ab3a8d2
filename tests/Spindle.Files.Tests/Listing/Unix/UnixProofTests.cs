// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Unix;
using Spindle.Testing;

namespace Spindle.Files.Tests.Listing.Unix;

/// <summary>Calls that were never seen at work are believed only where .NET says the same.</summary>
public sealed unsafe class UnixProofTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public UnixProofTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays the other system here");
        _directory.Write("file", new byte[5000]);
        Directory.CreateDirectory(_directory["below"]);
        File.CreateSymbolicLink(_directory["link"], "file");
        File.CreateSymbolicLink(_directory["dangling"], "nowhere");
        ForeignProgram.Run("mkfifo", _directory["pipe"]);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_right_is_believed()
    {
        Assert.True(UnixProof.Holds(LinuxReading.Instance, _directory.Path));
        Assert.True(UnixProof.Holds(LinuxReading.Instance, "/usr")); // where nothing changes meanwhile, as it does below /
        Assert.False(UnixProof.Holds(LinuxReading.Instance, _directory["nowhere"]));
    }

    [Fact]
    public void What_is_wrong_in_one_number_of_one_name_is_not()
    {
        AssertNot(status => status with { Size = status.Size + 1 });
        AssertNot(status => status with { Modified = status.Modified + 100 });
        AssertNot(status => status with { Mode = status.Mode ^ 1 });
        AssertNot(status => status with { Kind = EntryKind.Directory });

        void AssertNot(Func<NodeStatus, NodeStatus> change) => Assert.False(UnixProof.Holds(new Lying { OfFiles = change }, _directory.Path));
    }

    [Fact]
    public void Names_that_are_missing_or_calls_that_fail_or_are_not_there_are_not_believed()
    {
        Assert.False(UnixProof.Holds(new Lying { Loses = "link" }, _directory.Path));
        Assert.False(UnixProof.Holds(new Lying { Lists = false }, _directory.Path));
        Assert.False(UnixProof.Holds(new Lying { OfFiles = _ => throw new EntryPointNotFoundException() }, _directory.Path));
    }

    private sealed class Lying : IUnixReading
    {
        private static readonly LinuxReading Linux = LinuxReading.Instance;

        public Func<NodeStatus, NodeStatus> OfFiles { get; init; } = status => status;

        public string? Loses { get; init; }

        public bool Lists { get; init; } = true;

        public int CurrentDirectory => Linux.CurrentDirectory;

        public int SeekData => Linux.SeekData;

        public int SeekHole => Linux.SeekHole;

        public int OpenDirectory(int above, byte* name, bool followsLink) => Linux.OpenDirectory(above, name, followsLink);

        public int OpenFile(int directory, byte* name) => throw new NotSupportedException();

        public bool TryStatus(int directory, byte* name, out NodeStatus status) => Linux.TryStatus(directory, name, out status);

        public bool TryList(int directory, DirectoryListing listing)
        {
            DirectoryListing all = new();
            bool isListed = Linux.TryList(directory, all);
            for (int index = 0; index < all.Count; index++)
            {
                if (System.Text.Encoding.UTF8.GetString(all.Name(index)) != Loses)
                {
                    listing.Add(all.Name(index), all.Status(index).Kind == EntryKind.File ? OfFiles(all.Status(index)) : all.Status(index));
                }
            }

            return isListed && Lists;
        }

        public IReadOnlyList<ExtendedAttribute> Attributes(int descriptor) => throw new NotSupportedException();

        public IReadOnlyList<ExtendedAttribute> Attributes(int directory, ReadOnlySpan<byte> name) => throw new NotSupportedException();

        public UnixFault FaultOf(int error) => Linux.FaultOf(error);

        public bool IsRotational(long device) => false;
    }
}
