// SPDX-License-Identifier: MIT
namespace Spindle.Parity;

/// <summary>What an operation is busy with.</summary>
public enum ParityPhase
{
    /// <summary>Looking for parity; counted in sectors.</summary>
    Finding,

    /// <summary>Copying the image to another file; counted in sectors.</summary>
    Copying,

    /// <summary>Making parity; counted in ecc blocks.</summary>
    Encoding,

    /// <summary>Reading again what was written; counted in ecc blocks.</summary>
    Verifying,

    /// <summary>Looking for damage; counted in ecc blocks.</summary>
    Checking,

    /// <summary>Looking for damage and mending it; counted in ecc blocks.</summary>
    Repairing,
}
