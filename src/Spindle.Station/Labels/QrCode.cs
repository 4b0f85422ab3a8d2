// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using QRCoder;

namespace Spindle.Station.Labels;

/// <summary>What a disc is named by for ever, as a code that cameras read (ISO/IEC 18004), error correction M.</summary>
public sealed record QrCode
{
    private QrCode(int size, string path) => (Size, Path) = (size, path);

    /// <summary>Modules of a side, with the quiet zone of four modules that the standard asks for.</summary>
    public int Size { get; }

    /// <summary>The dark modules as the path of a drawing (SVG 1.1 §8.3), one unit for each.</summary>
    public string Path { get; }

    /// <summary>The code of a text.</summary>
    public static QrCode Of(string text)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        int size = code.ModuleMatrix.Count;
        StringBuilder path = new();
        for (int row = 0; row < size; row++)
        {
            for (int column = 0, length; column < size; column += length)
            {
                bool isDark = code.ModuleMatrix[row][column];
                for (length = 1; column + length < size && code.ModuleMatrix[row][column + length] == isDark;)
                {
                    length++;
                }

                if (isDark)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h{length}v1h-{length}z");
                }
            }
        }

        return new(size, path.ToString());
    }
}
