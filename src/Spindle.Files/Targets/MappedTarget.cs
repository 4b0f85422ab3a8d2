// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Names;

namespace Spindle.Files.Targets;

/// <summary>A target that does not take all names, asked by those of the archive.</summary>
/// <param name="inner">The target itself; disposed with this.</param>
/// <param name="names">What is called how there.</param>
public sealed class MappedTarget(TargetTree inner, TargetNameMap names) : TargetTree
{
    /// <inheritdoc/>
    /// <remarks>As they are called there.</remarks>
    public override IReadOnlyList<byte[]> Names() => inner.Names();

    /// <inheritdoc/>
    public override NodeStatus? Look(ReadOnlySpan<byte> path) => inner.Look(names.Map(path));

    /// <inheritdoc/>
    public override bool EnsureDirectory(ReadOnlySpan<byte> path) => inner.EnsureDirectory(names.Map(path));

    /// <inheritdoc/>
    public override TargetFile Create(ReadOnlySpan<byte> path, in TargetAttributes attributes) => inner.Create(names.Map(path), attributes);

    /// <inheritdoc/>
    public override TargetFile Continue(ReadOnlySpan<byte> path) => inner.Continue(names.Map(path));

    /// <inheritdoc/>
    public override TargetFile OpenFile(ReadOnlySpan<byte> path) => inner.OpenFile(names.Map(path));

    /// <inheritdoc/>
    public override void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, bool replaces) => inner.Rename(names.Map(from), names.Map(to), replaces);

    /// <inheritdoc/>
    public override void Link(ReadOnlySpan<byte> existing, ReadOnlySpan<byte> path) => inner.Link(names.Map(existing), names.Map(path));

    /// <inheritdoc/>
    public override void Make(ReadOnlySpan<byte> path, EntryKind kind, byte[]? target, (uint Major, uint Minor) device) => inner.Make(names.Map(path), kind, target, device);

    /// <inheritdoc/>
    public override byte[]? ReadLink(ReadOnlySpan<byte> path) => inner.ReadLink(names.Map(path));

    /// <inheritdoc/>
    public override void Remove(ReadOnlySpan<byte> path) => inner.Remove(names.Map(path));

    /// <inheritdoc/>
    public override string? SetAttributes(ReadOnlySpan<byte> path, EntryKind kind, in TargetAttributes attributes) => inner.SetAttributes(names.Map(path), kind, attributes);

    /// <inheritdoc/>
    public override void TightenDirectories() => inner.TightenDirectories();

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override void Dispose() => inner.Dispose();
}
