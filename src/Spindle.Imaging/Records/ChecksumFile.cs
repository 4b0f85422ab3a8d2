// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Imaging.Records;

/// <summary>A checksum file as <c>md5sum</c>, <c>sha256sum</c> and their kin write and check it (GNU coreutils manual, "md5sum invocation").</summary>
internal static class ChecksumFile
{
    /// <summary>One line: hash, two spaces, name. A name with a backslash or line break is escaped, and the line starts with a backslash.</summary>
    public static byte[] Of(string hash, string fileName)
    {
        string escaped = fileName.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"{(escaped == fileName ? "" : "\\")}{hash}  {escaped}\n");
    }
}
