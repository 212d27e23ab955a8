namespace Boltzmann.Data;

/// <summary>
/// How people draw each digit: for each of several styles the path of the pen, stroke by stroke. A stroke is a list of points that a
/// smooth curve runs through, as x, y pairs; y goes down from 0 to 1, x is 0 in the middle. A point given twice is a corner.
/// </summary>
static class DigitSkeletons
{
    /// <summary>Strokes by digit and style.</summary>
    public static readonly float[][][][] Styles =
    [
        [   // 0: an oval whose ends overlap, one left open, a narrow one, a round one
            [[.05f, 0, -.2f, .1f, -.32f, .4f, -.28f, .75f, -.05f, 1, .2f, .9f, .33f, .55f, .27f, .2f, .05f, 0, -.08f, .04f]],
            [[.18f, .08f, -.1f, .03f, -.3f, .3f, -.3f, .7f, -.08f, .98f, .2f, .85f, .32f, .5f, .22f, .14f, .02f, .05f]],
            [[.12f, 0, -.1f, .12f, -.24f, .5f, -.2f, .88f, 0, 1, .16f, .8f, .24f, .4f, .18f, .08f, .06f, .01f]],
            [[0, 0, -.3f, .15f, -.42f, .5f, -.3f, .87f, .02f, 1, .32f, .85f, .42f, .48f, .3f, .13f, .02f, 0, -.1f, .03f]],
        ],
        [   // 1: a line, a leaning line, with a flag, with flag and base
            [[0, 0, 0, .5f, 0, 1]],
            [[.13f, 0, 0, .5f, -.13f, 1]],
            [[-.16f, .2f, -.05f, .1f, .02f, 0, .02f, 0, .02f, .5f, .02f, 1]],
            [[-.18f, .22f, -.06f, .12f, .02f, 0, .02f, 0, .02f, .5f, .02f, 1], [-.22f, 1, 0, .99f, .24f, 1]],
        ],
        [   // 2: a corner at the foot, a loop there, a wave, a wide one
            [[-.28f, .22f, -.15f, .04f, .08f, 0, .27f, .15f, .24f, .38f, .02f, .66f, -.3f, 1, -.3f, 1, 0, .99f, .33f, .98f]],
            [[-.25f, .2f, -.08f, .02f, .17f, .06f, .24f, .28f, .1f, .6f, -.12f, .9f, -.28f, .97f, -.32f, .84f, -.2f, .78f, 0, .88f, .2f,
                .98f, .36f, .93f]],
            [[-.22f, .1f, .05f, 0, .26f, .14f, .2f, .42f, -.05f, .72f, -.25f, .95f, -.25f, .95f, 0, .9f, .2f, .97f, .35f, .92f]],
            [[-.3f, .12f, 0, .02f, .28f, .12f, .25f, .35f, -.02f, .62f, -.33f, .95f, -.33f, .95f, 0, .96f, .36f, .94f]],
        ],
        [   // 3: two bowls, a flat top, a small loop between the bowls, a large lower bowl
            [[-.25f, .12f, -.05f, 0, .2f, .1f, .2f, .32f, -.03f, .46f, -.03f, .46f, .2f, .54f, .28f, .76f, .08f, .97f, -.18f, .98f, -.3f,
                .85f]],
            [[-.25f, .03f, .25f, .02f, .25f, .02f, 0, .4f, 0, .4f, .22f, .5f, .28f, .75f, .08f, .97f, -.25f, .9f]],
            [[-.22f, .1f, .02f, 0, .22f, .14f, .12f, .36f, -.06f, .46f, -.1f, .41f, 0, .42f, .22f, .58f, .24f, .8f, .02f, .99f, -.26f,
                .92f]],
            [[-.2f, .15f, 0, .02f, .2f, .12f, .16f, .34f, -.1f, .45f, -.1f, .45f, .18f, .5f, .3f, .7f, .16f, .95f, -.1f, 1, -.28f, .9f]],
        ],
        [   // 4: open with a straight arm, closed, open and round in one stroke, leaning
            [[-.2f, .02f, -.24f, .3f, -.27f, .53f, -.27f, .53f, 0, .52f, .32f, .5f], [.2f, 0, .17f, .5f, .14f, 1]],
            [[.12f, 0, -.1f, .32f, -.33f, .63f, -.33f, .63f, 0, .63f, .35f, .61f], [.12f, 0, .12f, .5f, .11f, 1]],
            [[-.24f, .05f, -.28f, .32f, -.15f, .48f, .08f, .46f, .24f, .3f, .28f, .02f, .28f, .02f, .22f, .5f, .16f, 1]],
            [[-.12f, 0, -.2f, .22f, -.28f, .46f, -.28f, .46f, 0, .45f, .28f, .42f], [.22f, .12f, .1f, .6f, .02f, 1]],
        ],
        [   // 5: hat drawn last, one stroke, without corners, with a long neck
            [[-.15f, .05f, -.2f, .42f, -.2f, .42f, 0, .36f, .24f, .52f, .22f, .84f, -.02f, 1, -.26f, .92f],
                [-.15f, .05f, .05f, .03f, .28f, .02f]],
            [[.28f, .02f, .1f, .03f, -.12f, .04f, -.12f, .04f, -.18f, .4f, -.18f, .4f, .05f, .38f, .26f, .6f, .15f, .9f, -.1f, 1, -.28f,
                .93f]],
            [[.26f, .03f, .05f, .02f, -.16f, .12f, -.15f, .34f, .08f, .48f, .22f, .66f, .14f, .9f, -.08f, 1, -.26f, .92f]],
            [[.25f, 0, .05f, .04f, -.1f, .08f, -.1f, .08f, -.15f, .48f, -.15f, .48f, .1f, .45f, .24f, .65f, .1f, .95f, -.22f, .98f]],
        ],
        [   // 6: a wide bow, a nearly straight back, a large loop, a narrow one
            [[.15f, 0, -.1f, .22f, -.25f, .58f, -.2f, .9f, .02f, 1, .22f, .86f, .2f, .64f, .02f, .56f, -.16f, .68f, -.22f, .82f]],
            [[.05f, 0, -.12f, .35f, -.22f, .7f, -.12f, .96f, .1f, .98f, .22f, .78f, .12f, .6f, -.06f, .62f, -.2f, .78f]],
            [[.24f, .06f, -.04f, .1f, -.28f, .45f, -.26f, .82f, 0, 1, .26f, .85f, .24f, .58f, 0, .46f, -.24f, .62f]],
            [[.04f, 0, -.1f, .3f, -.18f, .65f, -.1f, .95f, .1f, .98f, .2f, .78f, .06f, .62f, -.14f, .76f]],
        ],
        [   // 7: plain, with a bar, with a serif, with a bent leg
            [[-.28f, .04f, 0, .03f, .28f, .02f, .28f, .02f, .1f, .45f, -.06f, 1]],
            [[-.28f, .05f, 0, .03f, .28f, .02f, .28f, .02f, .1f, .45f, -.06f, 1], [-.16f, .52f, .04f, .5f, .24f, .5f]],
            [[-.28f, .18f, -.26f, .04f, -.26f, .04f, 0, .06f, .28f, .02f, .28f, .02f, .12f, .35f, 0, .7f, -.04f, 1]],
            [[-.3f, .1f, -.1f, .02f, .15f, .06f, .27f, .04f, .27f, .04f, .22f, .4f, .1f, .7f, .04f, 1]],
        ],
        [   // 8: one stroke begun at the right, two rings, a narrow one
            [[.2f, .1f, 0, 0, -.2f, .14f, -.12f, .36f, .12f, .54f, .24f, .78f, .04f, 1, -.2f, .86f, -.14f, .6f, .1f, .4f, .22f, .2f, .16f,
                .05f]],
            [[.02f, 0, -.18f, .12f, -.18f, .34f, .02f, .47f, .2f, .34f, .19f, .12f, .02f, 0],
                [0, .47f, -.22f, .6f, -.26f, .84f, 0, 1, .26f, .85f, .22f, .6f, 0, .47f]],
            [[.18f, .08f, .02f, 0, -.13f, .12f, -.06f, .35f, .08f, .58f, .12f, .82f, -.03f, 1, -.17f, .86f, -.08f, .6f, .1f, .36f, .2f,
                .12f, .12f, .01f]],
        ],
        [   // 9: a straight leg, a hook, a leaning leg, a leg drawn on from the ring
            [[.22f, .12f, 0, 0, -.22f, .14f, -.22f, .4f, -.02f, .5f, .18f, .38f, .24f, .1f, .24f, .1f, .22f, .5f, .18f, 1]],
            [[.2f, .14f, -.02f, .02f, -.24f, .2f, -.14f, .46f, .1f, .44f, .24f, .2f, .26f, .4f, .2f, .8f, 0, 1, -.2f, .92f]],
            [[.18f, .1f, -.04f, .02f, -.24f, .22f, -.18f, .42f, .04f, .4f, .2f, .12f, .2f, .12f, .1f, .55f, -.02f, 1]],
            [[.2f, .2f, .05f, 0, -.2f, .1f, -.24f, .36f, -.04f, .5f, .16f, .4f, .21f, .16f, .24f, .5f, .26f, 1]],
        ],
    ];
}
