// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Archiving.Verifying;

namespace Spindle.Cli.Reports;

/// <summary>Verified discs, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Verified(VerifyResult result) => Write(new()
    {
        ["discs"] = new JsonArray([.. result.Discs.Select(disc => new JsonObject
        {
            ["number"] = disc.Identity.IsKnown ? disc.Identity.Number : null,
            ["label"] = disc.Identity.Label,
            ["uuid"] = disc.Identity.IsKnown ? disc.Identity.Disc.ToString() : null,
            ["source"] = disc.Source,
            ["verdict"] = disc.IsWhole ? "whole" : "damaged",
            ["filesWhole"] = disc.FilesWhole,
            ["filesDamaged"] = disc.Damaged.Count,
            ["filesNotChecked"] = disc.FilesNotChecked,
            ["damaged"] = new JsonArray([.. disc.Damaged.Select(file => new JsonObject
            {
                ["path"] = file.Path,
                ["kind"] = file.Kind.ToString().ToLowerInvariant(),
                ["why"] = file.Why,
                ["ranges"] = RangesOf(file.Ranges),
            })]),
            ["findings"] = new JsonArray([.. disc.Structure?.Findings.Items.Select(finding => new JsonObject
            {
                ["rule"] = finding.Rule.Id,
                ["source"] = finding.Rule.Source,
                ["offset"] = finding.Position,
                ["detail"] = finding.Detail,
            }) ?? []]),
            ["parityHeader"] = disc.HasParityHeader switch { null => null, true => "whole", false => "damaged" },
            ["sizeExpected"] = disc.Structure?.SizeExpected,
            ["sizeActual"] = disc.Structure?.SizeActual,
        })]),
        ["missing"] = new JsonArray([.. result.Missing.Select(disc => new JsonObject { ["number"] = disc.Number, ["label"] = disc.Label, ["written"] = disc.WasWritten })]),
        ["refused"] = new JsonArray([.. result.Refused.Select(FailureOf)]),
        ["concerns"] = new JsonArray([.. result.Concerns.Select(FailureOf)]),
    });
}
