// SPDX-License-Identifier: MIT
namespace Spindle.Service.Orders;

/// <summary>What is said of a job beside its request.</summary>
public sealed record OrderDetails
{
    /// <summary>Nothing.</summary>
    public static OrderDetails None { get; } = new();

    /// <summary>Names the job for ever: drawn by whoever orders, so that the same order sent twice is one job; null for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The folder from which relative paths are meant; null where nobody knows, and they are refused.</summary>
    public string? Folder { get; init; }

    /// <summary>What people call the job; null for what its request says.</summary>
    public string? Title { get; init; }

    /// <summary>The higher goes first; 0 is usual.</summary>
    public int Priority { get; init; }

    /// <summary>The batch that it belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>Who asks for it; null for whom the request names.</summary>
    public string? Operator { get; init; }

    /// <summary>The only station that may do it; null where any may.</summary>
    public string? Station { get; init; }
}
