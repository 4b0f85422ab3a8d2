// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Burning;

namespace Spindle.Station.Vaults;

/// <summary>What is to be done with a vault.</summary>
[JsonConverter(typeof(JsonForm.Words<VaultTask>))]
public enum VaultTask
{
    /// <summary>A catalogue gets a vault.</summary>
    Init,

    /// <summary>It is told how much is where.</summary>
    Status,

    /// <summary>Objects are listed.</summary>
    Ls,

    /// <summary>It is told which discs somebody waits for.</summary>
    Wanted,

    /// <summary>The rules of a bucket are told, or set.</summary>
    Rules,

    /// <summary>Objects come onto discs.</summary>
    Pack,

    /// <summary>The landing gets its room back.</summary>
    Evict,

    /// <summary>Objects are asked for, and fetched from the discs that are at hand.</summary>
    Thaw,
}

/// <summary>A vault, and what is to be done with it.</summary>
public sealed record VaultRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>What is to be done.</summary>
    public required VaultTask Task { get; init; }

    /// <summary>To make one: the folder for what is not on discs only; it must be new, or empty.</summary>
    public string? Landing { get; init; }

    /// <summary>To make one: how many verified copies an object must have on discs before its room is given back, from 1; null for 1.</summary>
    public int? Copies { get; init; }

    /// <summary>To make one: bytes that the landing may hold, such as <c>500GB</c>; null for as many as there is room for.</summary>
    public string? LandingSize { get; init; }

    /// <summary>To list, to ask for objects and to set rules: <c>BUCKET</c> or <c>BUCKET/PREFIX</c>; null for all.</summary>
    public string? What { get; init; }

    /// <summary>To list the objects of a bucket: so many at most, from 1; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>To set rules: what is to hold from now on; null where they are only told.</summary>
    public RulesChoice? Rules { get; init; }

    /// <summary>To pack: what a disc holds, and how it is protected.</summary>
    public PlanChoice? Plan { get; init; }

    /// <summary>To pack: the folders of the images. The first image of a disc comes into the first, the second copy into the second, and so on.</summary>
    public IReadOnlyList<string> Directories { get; set; } = [];

    /// <summary>To pack: whether a disc is made that is not full.</summary>
    public bool Now { get; init; }

    /// <summary>To pack: how discs are burned until each has as many verified ones as the vault promises, or as this says where that is more; null where copies are images.</summary>
    public BurnChoice? Burn { get; init; }

    /// <summary>To give room back: bytes to leave in the landing, such as <c>100GB</c>; null to take out all that may go.</summary>
    public string? Keep { get; init; }

    /// <summary>To fetch: images, drives, mounted discs and folders of these, beside the images that are where they were written.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>To fetch: so many days they are to stay, from 1.</summary>
    public int Days { get; set; } = 7;

    /// <summary>To fetch: whether discs that are not at hand are asked for.</summary>
    public bool Wait { get; init; }

    /// <summary>To fetch: whether it is only told what it would take.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What is to hold for the objects of a bucket; null leaves it as it is.</summary>
public sealed record RulesChoice
{
    /// <summary>Patterns of keys that come onto discs; empty for all.</summary>
    public IReadOnlyList<string>? Archive { get; init; }

    /// <summary>The least size of what comes onto discs, such as <c>1MB</c>.</summary>
    public string? SmallestSize { get; init; }

    /// <summary>Days that an object is old when it comes onto a disc.</summary>
    public double? MinimumAge { get; init; }

    /// <summary>Days that an object stays in the landing at least.</summary>
    public double? MinimumStay { get; init; }

    /// <summary>The class of what is put without one, or <c>none</c>.</summary>
    public string? DefaultClass { get; init; }

    /// <summary>Whether what was fetched is told as STANDARD.</summary>
    public bool? RestoredAsStandard { get; init; }

    /// <summary>Whether what is on a disc can be neither deleted nor overwritten.</summary>
    public bool? Worm { get; init; }

    /// <summary>Whether nothing can be deleted or overwritten.</summary>
    public bool? Hold { get; init; }
}
