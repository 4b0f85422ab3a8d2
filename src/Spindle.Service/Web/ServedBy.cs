// SPDX-License-Identifier: MIT
namespace Spindle.Service.Web;

/// <summary>Goes with each request: the host that got it.</summary>
/// <param name="Settings">How it listens, and whom it answers.</param>
/// <param name="Keys">Who may come in.</param>
/// <param name="Stopping">Is cancelled when the host begins to stop: what goes on for long ends then.</param>
internal sealed record ServedBy(HostSettings Settings, Keys Keys, CancellationToken Stopping);
