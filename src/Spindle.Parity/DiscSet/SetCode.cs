// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.DiscSet;

/// <summary>The coefficients of a set: byte i of parity row r is the sum over the discs of coefficient [r, disc] times byte i of the disc.</summary>
/// <remarks>They depend on a disc's place alone, not on how many there are: a disc can be added to parity that is there.</remarks>
public static class SetCode
{
    /// <summary>Parity discs that a set may have.</summary>
    public const int MostRows = 8;

    /// <summary>Parity discs up to which PAR 1.0 restores any that are lost; from four on, some combinations have no solution.</summary>
    public const int MostRowsOfPar1 = 3;

    /// <summary>The form for so many parity discs.</summary>
    public static SetForm FormOf(int rows) => rows <= MostRowsOfPar1 ? SetForm.Par1 : SetForm.Cauchy;

    /// <summary>How many discs a set with so many parity discs may have.</summary>
    public static int MostDiscs(int rows) => rows <= MostRowsOfPar1 ? 255 : 257 - rows;

    /// <summary>The coefficient of a disc in a row.</summary>
    /// <param name="form">Which code.</param>
    /// <param name="row">The parity disc, from 0.</param>
    /// <param name="disc">The disc's place in the list, from 0.</param>
    public static byte Coefficient(SetForm form, int row, int disc)
    {
        GaloisField field = GaloisField.Of11D;
        if (form == SetForm.Par1)
        {
            return field.Power((byte)(disc + 1), row);
        }

        if (row < 2)
        {
            return row == 0 ? (byte)1 : field.Power(disc);
        }

        byte y = field.Power(row - 1);
        return field.Multiply((byte)(y ^ 1), field.Inverse((byte)(y ^ field.Power(-disc))));
    }

    /// <summary>All coefficients of a disc, row by row.</summary>
    public static byte[] Coefficients(int rows, int disc) => [.. Enumerable.Range(0, rows).Select(row => Coefficient(FormOf(rows), row, disc))];
}
