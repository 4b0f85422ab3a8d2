// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>One run of the program that works as a station.</summary>
/// <param name="Station">The station.</param>
/// <param name="Session">Drawn at random by this run.</param>
public readonly record struct StationSession(string Station, Guid Session);
