// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>What a descriptor is (ECMA-167 3/7.2.1, 4/7.2.1).</summary>
internal static class TagId
{
    public const int SparingTable = 0;
    public const int PrimaryVolume = 1;
    public const int Anchor = 2;
    public const int VolumePointer = 3;
    public const int ImplementationUse = 4;
    public const int Partition = 5;
    public const int LogicalVolume = 6;
    public const int UnallocatedSpace = 7;
    public const int Terminating = 8;
    public const int LogicalVolumeIntegrity = 9;
    public const int FileSet = 256;
    public const int FileIdentifier = 257;
    public const int AllocationExtent = 258;
    public const int IndirectEntry = 259;
    public const int FileEntry = 261;
    public const int ExtendedAttributeHeader = 262;
    public const int ExtendedFileEntry = 266;
}
