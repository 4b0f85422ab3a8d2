// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Names;

namespace Spindle.Files.Targets;

/// <summary>A target that does not take all names, asked by those of the archive.</summary>
/// <param name="target">The target itself; disposed with this.</param>
/// <param name="names">What is called how there.</param>
public sealed class MappedTarget(TargetTree target, TargetNameMap names) : TargetTree
{
    /// <inheritdoc/>
    /// <remarks>As they are called there.</remarks>
    public override IReadOnlyList<byte[]> Names() => target.Names();

    /// <inheritdoc/>
    public override NodeStatus? Look(ReadOnlySpan<byte> path) => target.Look(names.Map(path));

    /// <inheritdoc/>
    public override bool EnsureDirectory(ReadOnlySpan<byte> path) => target.EnsureDirectory(names.Map(path));

    /// <inheritdoc/>
    public override TargetFile Create(ReadOnlySpan<byte> path, in TargetAttributes attributes) => target.Create(names.Map(path), attributes);

    /// <inheritdoc/>
    public override TargetFile Continue(ReadOnlySpan<byte> path) => target.Continue(names.Map(path));

    /// <inheritdoc/>
    public override TargetFile OpenFile(ReadOnlySpan<byte> path) => target.OpenFile(names.Map(path));

    /// <inheritdoc/>
    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces) => target.Rename(names.Map(from), names.Map(to), replaces);

    /// <inheritdoc/>
    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path) => target.Link(names.Map(existing), names.Map(path));

    /// <inheritdoc/>
    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? leadsTo, (uint Major, uint Minor) device) => target.Make(names.Map(path), kind, leadsTo, device);

    /// <inheritdoc/>
    public override byte[]? ReadLink(ReadOnlySpan<byte> path) => target.ReadLink(names.Map(path));

    /// <inheritdoc/>
    public override void Remove(ReadOnlySpan<byte> path) => target.Remove(names.Map(path));

    /// <inheritdoc/>
    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes) => target.SetAttributes(names.Map(path), kind, attributes);

    /// <inheritdoc/>
    public override void TightenDirectories() => target.TightenDirectories();

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    /// <inheritdoc/>
    public override void Dispose() => target.Dispose();
}
