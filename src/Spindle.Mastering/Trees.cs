// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>The trees that a disc has over the same files.</summary>
[Flags]
internal enum Trees
{
    None = 0,
    Iso = 1,
    Joliet = 2,
    Udf = 4,
    All = Iso | Joliet | Udf,
}
