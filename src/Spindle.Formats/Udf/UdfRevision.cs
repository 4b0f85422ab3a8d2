// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>Which revision of UDF a disc is written in. The value is the revision as UDF itself records it.</summary>
public enum UdfRevision
{
    /// <summary>For the oldest readers: descriptors of the second edition of ECMA-167.</summary>
    Udf102 = 0x0102,

    /// <summary>What every reader of today takes.</summary>
    Udf201 = 0x0201,

    /// <summary>
    /// With all structures in a metadata partition, and a mirror of it behind the data. Not every reader takes it; some 500,000
    /// files and directories at most, as the metadata file must be one extent.
    /// </summary>
    Udf250 = 0x0250,
}
